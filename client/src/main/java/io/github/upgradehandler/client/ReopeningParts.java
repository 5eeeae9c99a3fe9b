package io.github.upgradehandler.client;

import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;

/** The same for a handler that takes parts. */
final class ReopeningParts extends ReopeningHandler implements PartialHandler {

  private final PartialHandler handler;

  ReopeningParts(PartialHandler handler, ReconnectingWebSocket owner) {
    super(handler, owner);
    this.handler = handler;
  }

  @Override
  public void onTextPart(WebSocket socket, String part, boolean last) {
    handler.onTextPart(socket, part, last);
  }

  @Override
  public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
    handler.onBinaryPart(socket, part, last);
  }
}
