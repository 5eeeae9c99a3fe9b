package io.github.upgradehandler.sample;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** Closes every connection at once, with the code of the query parameter {@code code}. */
public final class CloseServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    CloseStatus status = status(handshake.parameter("code").orElse("1000"));
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        socket.close(status);
      }
    };
  }

  private static CloseStatus status(String code) {
    try {
      return CloseStatus.of(Integer.parseInt(code), "as you wished");
    } catch (IllegalArgumentException e) {
      throw new HandshakeRefusedException(400, "Not a code that may be sent: " + code);
    }
  }
}
