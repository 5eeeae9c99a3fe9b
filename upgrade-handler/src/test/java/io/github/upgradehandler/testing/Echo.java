package io.github.upgradehandler.testing;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;

/** Sends every message back. */
public class Echo implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.sendBinary(payload);
  }
}
