package io.github.upgradehandler.runner;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One connection at a terminal: messages are lines of the output, those of binary ones in hex; what
 * else happens is said on the standard error.
 */
class Terminal implements WebSocketHandler {

  private static final int CLOSED_OTHERWISE = 3;

  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void onOpen(WebSocket socket) {
    say("connected" + socket.subprotocol().map(name -> ", subprotocol " + name).orElse(""));
  }

  @Override
  public void onText(WebSocket socket, String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    onText(socket, HexFormat.of().formatHex(bytes));
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    say(String.valueOf(error.getMessage()));
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    int code = event.code();
    boolean normal =
        code == CloseStatus.NORMAL.code() || code == CloseStatus.NO_STATUS_RECEIVED.code();
    say((event.clean() ? "closed: " : "lost: ") + (code + " " + event.reason()).strip());
    status.complete(normal && event.clean() ? 0 : CLOSED_OTHERWISE);
  }

  /** Sends each line until the input ends, by a thread of its own. */
  void send(InputStream input, Charset charset, WebSocket socket) {
    Thread thread = new Thread(() -> sendAll(input, charset, socket), "input");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends pings until the connection ends. */
  void ping(WebSocket socket, int seconds) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "pings");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> pings =
        timer.scheduleAtFixedRate(
            () -> socket.ping().thenAccept(this::pong), 0, seconds, TimeUnit.SECONDS);
    socket
        .whenClosed()
        .thenRun(
            () -> {
              pings.cancel(false);
              timer.shutdown();
            });
  }

  /** What the process ends with, once the connection has ended. */
  int exitStatus() throws InterruptedException {
    try {
      return status.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Prints a line beside the messages. */
  void say(String line) {
    err.println(line);
    err.flush();
  }

  private void pong(Duration after) {
    say("pong after " + after.toMillis() + " ms");
  }

  private static void sendAll(InputStream input, Charset charset, WebSocket socket) {
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(input, charset));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        socket.sendText(line);
        if (socket.isAboveWatermark()) {
          socket.whenSent().toCompletableFuture().get();
        }
      }
      socket.close();
    } catch (IOException e) {
      socket.close(CloseStatus.INTERNAL_ERROR.withReason("the input cannot be read"));
    } catch (InterruptedException | ExecutionException e) {
      socket.close(); // it has ended, or does
    }
  }
}
