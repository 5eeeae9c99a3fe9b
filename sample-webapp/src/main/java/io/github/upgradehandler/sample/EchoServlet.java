package io.github.upgradehandler.sample;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.nio.ByteBuffer;

/** Sends every message back as it came. */
public final class EchoServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onText(WebSocket socket, String text) {
        socket.sendText(text);
      }

      @Override
      public void onBinary(WebSocket socket, ByteBuffer payload) {
        socket.sendBinary(payload);
      }
    };
  }
}
