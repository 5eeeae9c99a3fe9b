package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;

/** Sends every message back as it came. */
final class OurEcho implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.sendBinary(payload);
  }
}
