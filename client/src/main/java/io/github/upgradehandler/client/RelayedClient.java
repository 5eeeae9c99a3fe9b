package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client's side of a relay. */
final class RelayedClient implements PartialHandler {

  private final Relay relay;
  private @Nullable RelayedPair pair; // from onOpen on

  RelayedClient(Relay relay) {
    this.relay = relay;
  }

  @Override
  public void onOpen(WebSocket socket) {
    RelayedPair begun = new RelayedPair(socket);
    pair = begun;
    begun.begin(relay);
  }

  @Override
  public void onTextPart(WebSocket socket, String part, boolean last) {
    pair().toUpstream((passage, upstream) -> passage.text(upstream, part, last));
  }

  @Override
  public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
    pair().toUpstream((passage, upstream) -> passage.binary(upstream, part, last));
  }

  @Override
  public void onPing(WebSocket socket, ByteBuffer payload) {
    pair().pingOfClient(payload);
  }

  @Override
  public void onPong(WebSocket socket, ByteBuffer payload) {
    pair().pongOfClient(payload);
  }

  @Override
  public void onDrain(WebSocket socket) {
    pair().settle();
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    pair().clientEnded(event);
  }

  private RelayedPair pair() {
    return Objects.requireNonNull(pair);
  }
}
