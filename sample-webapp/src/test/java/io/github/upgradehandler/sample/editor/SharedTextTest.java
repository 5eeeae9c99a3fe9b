package io.github.upgradehandler.sample.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.sample.events.EventServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server keeps of a text, as a browser sees it on the wire. */
class SharedTextTest {

  private static final int LIMIT_SECONDS = 20;
  private static final int HEAD = 5;

  private EventServer server;

  @BeforeEach
  void start() throws Exception {
    server = new EventServer(new EditorServlet());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void after_four_mebibytes_a_snapshot_is_asked_for_which_replaces_what_came_before()
      throws Exception {
    try (Browser ann = new Browser(server.uri())) {
      ann.expect(SharedText.HAVE_ALL, 0, 0);
      for (int update = 0; update < 70; update++) {
        ann.send(SharedText.UPDATE, 0, 60_000);
      }
      ann.expect(SharedText.HAVE_ALL, 70, 0);
      ann.send(SharedText.SNAPSHOT, 70, 3);
      ann.send(SharedText.UPDATE, 0, 4);
      ann.awaitHandled();
      try (Browser bob = new Browser(server.uri())) {
        bob.expect(SharedText.UPDATE, 70, 3);
        bob.expect(SharedText.UPDATE, 71, 4);
        bob.expect(SharedText.HAVE_ALL, 72, 0);
      }
    }
  }

  /** The JDK's client, which knows nothing of texts. */
  private static final class Browser implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<ByteBuffer> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Browser(URI uri) throws Exception {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(uri, this)
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void send(byte kind, int position, int length) throws Exception {
      ByteBuffer message = ByteBuffer.allocate(HEAD + length).put(kind).putInt(position).rewind();
      socket.sendBinary(message, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void expect(byte kind, int position, int length) throws Exception {
      ByteBuffer message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      assertThat(message.get()).isEqualTo(kind);
      assertThat(message.getInt()).isEqualTo(position);
      assertThat(message.remaining()).isEqualTo(length);
    }

    /** Waits until the server has handled all that was sent. */
    void awaitHandled() throws Exception {
      socket.sendText(Heartbeat.TEXT, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(texts.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(Heartbeat.TEXT);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      texts.add(text.toString());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      // No message of these tests is larger than what the client hands over at once.
      messages.add(ByteBuffer.allocate(part.remaining()).put(part).flip());
      from.request(1);
      return null;
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
