package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;

/**
 * The upstream server's side of a relay, one connection after another.
 *
 * @param pair what it is a side of
 */
record RelayedUpstream(RelayedPair pair) implements PartialHandler {

  @Override
  public void onOpen(WebSocket socket) {
    pair.upstreamOpened(socket);
  }

  @Override
  public void onTextPart(WebSocket socket, String part, boolean last) {
    pair.toClient((passage, client) -> passage.text(client, part, last));
  }

  @Override
  public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
    pair.toClient((passage, client) -> passage.binary(client, part, last));
  }

  @Override
  public void onPing(WebSocket socket, ByteBuffer payload) {
    pair.toClient((passage, client) -> passage.ping(client, payload));
  }

  @Override
  public void onPong(WebSocket socket, ByteBuffer payload) {
    pair.pongOfUpstream(payload);
  }

  @Override
  public void onDrain(WebSocket socket) {
    pair.settle();
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    pair.upstreamClosed(socket, event);
  }
}
