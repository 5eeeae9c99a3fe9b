package io.github.upgradehandler.sample;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.nio.ByteBuffer;

/** Sends every message to everyone connected, its sender too. */
public final class BroadcastServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onText(WebSocket socket, String text) {
        if (!Heartbeat.answered(socket, text)) {
          toAll(PreparedMessage.text(text));
        }
      }

      @Override
      public void onBinary(WebSocket socket, ByteBuffer payload) {
        toAll(PreparedMessage.binary(payload));
      }
    };
  }

  private void toAll(PreparedMessage message) {
    connections().forEach(connection -> connection.send(message));
  }
}
