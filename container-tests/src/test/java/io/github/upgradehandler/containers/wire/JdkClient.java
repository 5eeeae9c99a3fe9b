package io.github.upgradehandler.containers.wire;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** The JDK's WebSocket client: what it says is not our own understanding of the protocol. */
public final class JdkClient implements WebSocket.Listener {

  private static final int LIMIT_SECONDS = 15;

  private final StringBuilder text = new StringBuilder();
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  private JdkClient() {}

  /** The same address with the scheme of WebSockets (RFC 6455 section 3). */
  public static URI webSocket(URI http) {
    return URI.create(http.toString().replaceFirst("^http", "ws"));
  }

  public static JdkClient connect(URI uri) throws Exception {
    JdkClient client = new JdkClient();
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(webSocket(uri), client)
            .get(LIMIT_SECONDS, SECONDS);
    return client;
  }

  public void send(String message) throws Exception {
    socket.sendText(message, true).get(LIMIT_SECONDS, SECONDS);
  }

  public void send(byte[] message) throws Exception {
    socket.sendBinary(ByteBuffer.wrap(message), true).get(LIMIT_SECONDS, SECONDS);
  }

  public void close(int status) throws Exception {
    socket.sendClose(status, "").get(LIMIT_SECONDS, SECONDS);
  }

  public String text() throws Exception {
    String message = texts.poll(LIMIT_SECONDS, SECONDS);
    if (message == null) {
      throw new IOException("no text came within " + LIMIT_SECONDS + " s");
    }
    return message;
  }

  /** Passes over other texts. */
  public void awaitText(String expected) throws Exception {
    awaitTextThat(expected::equals);
  }

  /** Passes over other texts. */
  public void awaitTextThat(Predicate<String> fits) throws Exception {
    while (!fits.test(text())) {
      // the next
    }
  }

  public byte[] binary(int size) throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream(size);
    while (message.size() < size) {
      byte[] part = parts.poll(LIMIT_SECONDS, SECONDS);
      if (part == null) {
        throw new IOException("only " + message.size() + " of " + size + " bytes came");
      }
      message.writeBytes(part);
    }
    return message.toByteArray();
  }

  /** The status with which the server closed. */
  public int closed() throws Exception {
    return closed.get(LIMIT_SECONDS, SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    parts.add(part);
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable failure) {
    closed.completeExceptionally(failure);
  }
}
