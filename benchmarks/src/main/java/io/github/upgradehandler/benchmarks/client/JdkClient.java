package io.github.upgradehandler.benchmarks.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The JDK's, which takes one message at a time: the next is sent when the one before is. */
final class JdkClient implements Client {

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public void connect(URI server, Listener listener) {
    Failures.watch(client.newWebSocketBuilder().buildAsync(server, new Messages(listener)));
  }

  private static final class Messages implements WebSocket.Listener {

    private final Listener listener;
    private @Nullable Open open;

    private Messages(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket socket) {
      Open made = new Open(socket);
      open = made;
      listener.opened(made);
      socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      arrived(socket, last);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      arrived(socket, last);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      listener.closed();
      return null;
    }

    private void arrived(WebSocket socket, boolean last) {
      if (last && open != null) {
        listener.received(open);
      }
      socket.request(1);
    }
  }

  private static final class Open implements Connection {

    private final WebSocket socket;
    private CompletableFuture<WebSocket> last;

    private Open(WebSocket socket) {
      this.socket = socket;
      this.last = CompletableFuture.completedFuture(socket);
    }

    @Override
    public void send(String text) {
      then(ignored -> socket.sendText(text, true));
    }

    @Override
    public void send(byte[] bytes) {
      then(ignored -> socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    @Override
    public void close() {
      then(ignored -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    private void then(Sending sending) {
      last = last.thenCompose(sending::send);
    }
  }

  /** The next thing to send. */
  private interface Sending {
    CompletableFuture<WebSocket> send(WebSocket socket);
  }
}
