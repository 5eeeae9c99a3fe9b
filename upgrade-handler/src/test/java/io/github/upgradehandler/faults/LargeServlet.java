package io.github.upgradehandler.faults;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** Sends back every text but {@code large}, which it answers with a large message. */
public final class LargeServlet extends WebSocketServlet {

  static final int LARGE = 8 << 20;

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onText(WebSocket socket, String text) {
        if (text.equals("large")) {
          socket.sendBinary(new byte[LARGE]);
        } else {
          socket.sendText(text);
        }
      }
    };
  }
}
