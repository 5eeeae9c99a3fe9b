package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;

/** The application's handler, with what follows its first and its last method. */
class ReopeningHandler implements WebSocketHandler {

  private final WebSocketHandler handler;
  private final ReconnectingWebSocket owner;

  ReopeningHandler(WebSocketHandler handler, ReconnectingWebSocket owner) {
    this.handler = handler;
    this.owner = owner;
  }

  @Override
  public void onOpen(WebSocket socket) {
    handler.onOpen(socket);
    owner.opened(socket);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    handler.onText(socket, text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    handler.onBinary(socket, payload);
  }

  @Override
  public void onPing(WebSocket socket, ByteBuffer payload) {
    handler.onPing(socket, payload);
  }

  @Override
  public void onPong(WebSocket socket, ByteBuffer payload) {
    handler.onPong(socket, payload);
  }

  @Override
  public void onDrain(WebSocket socket) {
    handler.onDrain(socket);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    handler.onError(socket, error);
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    try {
      handler.onClose(socket, event);
    } finally {
      owner.closed(event);
    }
  }
}
