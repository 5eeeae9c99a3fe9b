package io.github.upgradehandler.testkit;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;

/** Sends messages back. */
class Echo implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.sendBinary(payload);
  }
}
