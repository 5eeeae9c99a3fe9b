package io.github.upgradehandler.sample.editor;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.nio.ByteBuffer;

/** The shared editor's end on the server. */
public final class EditorServlet extends WebSocketServlet {

  private final transient SharedText text = new SharedText();

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        text.join(socket);
      }

      @Override
      public void onBinary(WebSocket socket, ByteBuffer message) {
        text.receive(socket, message);
      }

      @Override
      public void onText(WebSocket socket, String message) {
        if (!Heartbeat.answered(socket, message)) {
          WebSocketHandler.super.onText(socket, message);
        }
      }
    };
  }
}
