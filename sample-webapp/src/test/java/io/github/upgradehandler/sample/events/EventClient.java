package io.github.upgradehandler.sample.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's client, which knows nothing of events: what is on the wire is in the tests. */
public final class EventClient implements WebSocket.Listener, AutoCloseable {

  private static final int LIMIT_SECONDS = 20;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  public EventClient(URI uri) throws Exception {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(uri, this)
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  public void send(String message) throws Exception {
    socket.sendText(message, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  void sendBinary() throws Exception {
    socket.sendBinary(ByteBuffer.allocate(1), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  public String next() throws Exception {
    String next = texts.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a message").isNotNull();
    return next;
  }

  int closed() throws Exception {
    return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
