package io.github.upgradehandler.guard;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;

/** A handler of one connection that is told what an inspection lets pass. */
class InspectedHandler implements WebSocketHandler {

  private final WebSocketHandler next;
  private final Inspection inspection;

  private InspectedHandler(WebSocketHandler next, Inspection inspection) {
    this.next = next;
    this.inspection = inspection;
  }

  /** Surrounds a handler; takes parts if that does. */
  static WebSocketHandler of(WebSocketHandler next, Inspection inspection) {
    return next instanceof PartialHandler partial
        ? new Parts(partial, inspection)
        : new InspectedHandler(next, inspection);
  }

  @Override
  public final void onOpen(WebSocket socket) {
    if (inspection.open(socket)) {
      next.onOpen(socket);
    }
  }

  @Override
  public final void onText(WebSocket socket, String text) {
    if (inspection.text(socket, text, true)) {
      next.onText(socket, text);
    }
  }

  @Override
  public final void onBinary(WebSocket socket, ByteBuffer payload) {
    if (inspection.binary(socket, payload, true)) {
      next.onBinary(socket, payload);
    }
  }

  @Override
  public final void onPing(WebSocket socket, ByteBuffer payload) {
    if (inspection.ping(socket, payload)) {
      next.onPing(socket, payload);
    }
  }

  @Override
  public final void onPong(WebSocket socket, ByteBuffer payload) {
    if (inspection.event()) {
      next.onPong(socket, payload);
    }
  }

  @Override
  public final void onDrain(WebSocket socket) {
    if (inspection.event()) {
      next.onDrain(socket);
    }
  }

  @Override
  public final void onError(WebSocket socket, Throwable error) {
    if (inspection.event()) {
      next.onError(socket, error);
    }
  }

  @Override
  public final void onClose(WebSocket socket, CloseEvent event) {
    if (inspection.event()) {
      next.onClose(socket, event);
    }
  }

  private static final class Parts extends InspectedHandler implements PartialHandler {

    private final PartialHandler next;
    private final Inspection inspection;

    Parts(PartialHandler next, Inspection inspection) {
      super(next, inspection);
      this.next = next;
      this.inspection = inspection;
    }

    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      if (inspection.text(socket, part, last)) {
        next.onTextPart(socket, part, last);
      }
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      if (inspection.binary(socket, part, last)) {
        next.onBinaryPart(socket, part, last);
      }
    }
  }
}
