package io.github.upgradehandler.benchmarks.client;

import java.net.URI;
import java.time.Duration;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** OkHttp. */
final class OkHttp implements Client {

  private static final int MOST_AT_ONCE = 2000;

  private final OkHttpClient client;

  OkHttp() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MOST_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
    client = new OkHttpClient.Builder().dispatcher(dispatcher).readTimeout(Duration.ZERO).build();
  }

  @Override
  public void connect(URI server, Listener listener) {
    client.newWebSocket(
        new Request.Builder().url(server.toString()).build(), new Messages(listener));
  }

  private static final class Messages extends WebSocketListener {

    private final Listener listener;

    private Messages(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      listener.opened(new Open(socket));
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      listener.received(new Open(socket));
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
      listener.received(new Open(socket));
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      listener.closed();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
      Failures.end(failure);
    }
  }

  private record Open(WebSocket socket) implements Connection {

    @Override
    public void send(String text) {
      socket.send(text);
    }

    @Override
    public void send(byte[] bytes) {
      socket.send(ByteString.of(bytes));
    }

    @Override
    public void close() {
      socket.close(1000, null);
    }
  }
}
