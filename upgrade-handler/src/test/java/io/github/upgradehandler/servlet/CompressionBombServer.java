package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.util.Map;

/** An echo that compresses, with all bounds as they are by default; ends with its input. */
public final class CompressionBombServer {

  private CompressionBombServer() {}

  /** Prints the port. */
  public static void main(String[] args) throws Exception {
    WebSocketHandler echo =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            socket.sendText(text);
          }
        };
    try (ServletServer server =
        new ServletServer(handshake -> echo, Map.of("compression", "true"))) {
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        // until the parent closes it
      }
    }
  }
}
