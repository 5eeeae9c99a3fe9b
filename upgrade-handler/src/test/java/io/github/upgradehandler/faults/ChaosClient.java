package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testkit.Frame;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/** The clients that talk through a {@link ChaosProxy}; two of them were written elsewhere. */
enum ChaosClient {
  RAW {
    @Override
    Conversation open(ChaosProxy proxy) throws IOException {
      return new Raw(proxy.port());
    }
  },
  /** Says nothing of an end inside a frame, which is then as good as told once it was done. */
  JDK {
    @Override
    Conversation open(ChaosProxy proxy) throws Exception {
      return new Jdk(proxy);
    }
  },
  /** With permessage-deflate. */
  JAVA_WEBSOCKET {
    @Override
    Conversation open(ChaosProxy proxy) throws Exception {
      return new JavaWebSocket(proxy.port());
    }
  };

  /** Longer than a machine is busy with other things; nothing that is right takes so long. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int LOOK_SECONDS = 5;

  /** An open WebSocket, whose end is an {@link IOException} to whoever waits for something else. */
  interface Conversation extends AutoCloseable {

    /** Sends a message and waits for one. */
    String exchange(String message) throws Exception;

    /** Closes with 1000 and waits for the answer, which has to be the same. */
    void finish() throws Exception;

    @Override
    void close() throws IOException;
  }

  abstract Conversation open(ChaosProxy proxy) throws Exception;

  private static final class Raw implements Conversation {
    private final RawClient client;

    Raw(int port) throws IOException {
      client = new RawClient(port, 0);
      client.readTimeout((int) SECONDS.toMillis(PATIENCE_SECONDS));
      try {
        client.open();
      } catch (IOException e) {
        client.close();
        throw e;
      }
    }

    @Override
    public String exchange(String message) throws IOException {
      client.send(text(message));
      return nextButPings().text();
    }

    @Override
    public void finish() throws IOException {
      client.send(ClientFrames.close(1000, ""));
      String answer = nextButPings().toString();
      if (!answer.equals("close 1000")) {
        throw new AssertionError(answer);
      }
    }

    /** A machine busy with other things leaves time for heartbeats in between. */
    private Frame nextButPings() throws IOException {
      Frame next = client.next();
      while (next.kind() == Frame.Kind.PING) {
        client.send(ClientFrames.pong(next.payload()));
        next = client.next();
      }
      return next;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  /** What a client that calls back has told. */
  private static final class Told {

    /** A message, or with a code other than 0 the end. */
    private record Event(String text, int closeCode, @Nullable Throwable failure) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BooleanSupplier silentEnd;

    /** Waits no longer where the client may keep an end to itself. */
    Told(BooleanSupplier silentEnd) {
      this.silentEnd = silentEnd;
    }

    void text(String text) {
      events.add(new Event(text, 0, null));
    }

    void end(int closeCode) {
      events.add(new Event("", closeCode, null));
    }

    /** An end by a failure of the client, which is no fault if its connection was ended. */
    void end(Throwable failure) {
      events.add(new Event("", 1006, failure));
    }

    String nextText() throws Exception {
      Event event = next();
      if (event.closeCode != 0) {
        throw new IOException("ended with " + event.closeCode, event.failure);
      }
      return event.text;
    }

    void awaitNormalEnd() throws Exception {
      Event event = next();
      if (event.closeCode == 0) {
        throw new AssertionError("an answer to no message: " + event.text);
      }
      if (event.closeCode != 1000) {
        throw new IOException("ended with " + event.closeCode, event.failure);
      }
    }

    private Event next() throws Exception {
      Event event = null;
      for (int waited = 0; event == null; waited += LOOK_SECONDS) {
        event = events.poll(LOOK_SECONDS, SECONDS);
        if (event == null && silentEnd.getAsBoolean()) {
          throw new IOException("ended without a word");
        }
        if (event == null && waited > PATIENCE_SECONDS) {
          throw new TimeoutException("the server sent nothing");
        }
      }
      if ((event.closeCode > 1000 && event.closeCode != 1006)
          || event.failure instanceof ProtocolException) {
        throw new AssertionError("someone broke the protocol: " + event.closeCode, event.failure);
      }
      return event;
    }
  }

  private static final class Jdk implements Conversation, WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final StringBuilder text = new StringBuilder();
    private final Told told;
    private final WebSocket socket;

    Jdk(ChaosProxy proxy) throws Exception {
      told = new Told(proxy::hasEnded);
      socket = await(CLIENT.newWebSocketBuilder().buildAsync(uri(proxy.port()), this));
    }

    @Override
    public String exchange(String message) throws Exception {
      await(socket.sendText(message, true));
      return told.nextText();
    }

    @Override
    public void finish() throws Exception {
      await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
      told.awaitNormalEnd();
    }

    @Override
    public void close() {
      socket.abort();
    }

    private static <T> T await(CompletableFuture<T> work) throws Exception {
      try {
        return work.get(PATIENCE_SECONDS, SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failure ? failure : e;
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        told.text(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      told.end(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
      told.end(failure);
    }
  }

  private static final class JavaWebSocket implements Conversation {
    private final Told told = new Told(() -> false);
    private final WebSocketClient client;

    JavaWebSocket(int port) throws Exception {
      client =
          new WebSocketClient(uri(port), new Draft_6455(new PerMessageDeflateExtension())) {
            @Override
            public void onOpen(ServerHandshake handshake) {
              if (!handshake.getFieldValue("Sec-WebSocket-Extensions").contains("deflate")) {
                throw new AssertionError("not compressed");
              }
            }

            @Override
            public void onMessage(String message) {
              told.text(message);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {
              told.end(code < 0 ? 1006 : code); // it has codes of its own for a failed connect
            }

            @Override
            public void onError(Exception failure) {
              // onClose follows
            }
          };
      client.setConnectionLostTimeout(0); // its own pings, by a thread of their own
      client.setTcpNoDelay(true);
      if (!client.connectBlocking(PATIENCE_SECONDS, SECONDS)) {
        try (this) {
          told.awaitNormalEnd();
          throw new AssertionError("closed before it was open");
        }
      }
    }

    @Override
    public String exchange(String message) throws Exception {
      try {
        client.send(message);
      } catch (WebsocketNotConnectedException e) {
        throw new IOException(e);
      }
      return told.nextText();
    }

    @Override
    public void finish() throws Exception {
      client.close(1000);
      told.awaitNormalEnd();
    }

    @Override
    public void close() throws IOException {
      try {
        client.closeBlocking();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  private static URI uri(int port) {
    return URI.create(
        "ws://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/socket");
  }
}
