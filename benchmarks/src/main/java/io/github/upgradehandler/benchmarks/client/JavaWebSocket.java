package io.github.upgradehandler.benchmarks.client;

import java.net.URI;
import java.nio.ByteBuffer;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket, with two threads of its own for each connection. */
final class JavaWebSocket implements Client {

  @Override
  public void connect(URI server, Listener listener) {
    Open open = new Open(server, listener);
    open.setConnectionLostTimeout(0);
    open.connect();
  }

  private static final class Open extends WebSocketClient implements Connection {

    private final Listener listener;

    private Open(URI server, Listener listener) {
      super(server);
      this.listener = listener;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      listener.opened(this);
    }

    @Override
    public void onMessage(String text) {
      listener.received(this);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      listener.received(this);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      listener.closed();
    }

    @Override
    public void onError(Exception failure) {
      Failures.end(failure);
    }
  }
}
