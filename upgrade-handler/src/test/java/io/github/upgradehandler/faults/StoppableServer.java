package io.github.upgradehandler.faults;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RunningServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.Map;

/** A server in a process of its own, with short deadlines; ends with its input. */
public final class StoppableServer {

  static final int LARGE = 8 << 20;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "frameTimeout", "2s",
          "pingInterval", "1s",
          "pongTimeout", "2s",
          "sendTimeout", "2s");

  private StoppableServer() {}

  /** Starts the named container, and prints the port. */
  public static void main(String[] args) throws Exception {
    WebSocketServlet servlet = new WebSocketServlet(handshake -> new Handler());
    try (RunningServer server = Container.valueOf(args[0]).start(servlet, OPTIONS)) {
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        // until the parent closes it
      }
    }
  }

  private static final class Handler implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      if (text.equals("large")) {
        socket.sendBinary(new byte[LARGE]);
      } else {
        socket.sendText(text);
      }
    }
  }
}
