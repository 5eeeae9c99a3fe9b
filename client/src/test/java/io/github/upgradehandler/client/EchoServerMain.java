package io.github.upgradehandler.client;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.nio.ByteBuffer;

/** A process with an echo, which says its port when it listens, and ends with its input. */
final class EchoServerMain {

  private EchoServerMain() {}

  /** Echoes. */
  static final class Echo implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      socket.sendBinary(payload);
    }
  }

  /**
   * Runs it.
   *
   * @param args the port, 0 for any
   */
  public static void main(String[] args) throws Exception {
    try (JettyServer server =
        new JettyServer(Integer.parseInt(args[0]), new WebSocketServlet(handshake -> new Echo()))) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // A parent that is killed ends it too.
      }
    }
  }
}
