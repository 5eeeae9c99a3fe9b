package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes what a handler is told. */
class Recording implements WebSocketHandler {

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
  private volatile Throwable error;

  @Override
  public void onOpen(WebSocket socket) {
    events.add("open");
  }

  @Override
  public void onText(WebSocket socket, String text) {
    events.add(text.length() > 100 ? "text of " + text.length() : "text " + text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    events.add("binary of " + payload.remaining());
  }

  @Override
  public void onPong(WebSocket socket, ByteBuffer payload) {
    events.add("pong " + UTF_8.decode(payload));
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    error = failure;
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    events.add("close " + event.code());
    closed.complete(event);
  }

  String next() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing came");
    }
    return event;
  }

  CloseEvent closed() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  Throwable error() {
    return error;
  }
}
