package io.github.upgradehandler.sample.inspector;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.ObservedFrame.Direction;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.sample.events.EventHandler;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** An echo that shows its frames to an onlooker. */
final class InspectedEcho implements FrameObserver {

  /**
   * A frame for the page.
   *
   * @param connection whose it is
   * @param received whether the server received it, or sent it
   * @param reserved RSV1-3, 4 to 1
   * @param start the first bytes of the payload, in hexadecimal digits
   * @param at milliseconds since 1970
   */
  private record Shown(
      String connection,
      boolean received,
      boolean fin,
      int reserved,
      int opcode,
      boolean masked,
      long length,
      String start,
      long at) {}

  private record Lifetime(String connection) {}

  private final WebSocket onlooker;

  InspectedEcho(WebSocket onlooker) {
    this.onlooker = onlooker;
  }

  @Override
  public void onOpen(WebSocket socket) {
    EventHandler.send(onlooker, "opened", new Lifetime(socket.id()));
  }

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.sendBinary(payload);
  }

  @Override
  public void onFrame(WebSocket socket, ObservedFrame frame) {
    byte[] start = new byte[frame.start().remaining()];
    frame.start().duplicate().get(start);
    EventHandler.send(
        onlooker,
        "frame",
        new Shown(
            socket.id(),
            frame.direction() == Direction.RECEIVED,
            frame.fin(),
            frame.reservedBits() >> 4,
            frame.opcode(),
            frame.masked(),
            frame.payloadLength(),
            HexFormat.of().formatHex(start),
            System.currentTimeMillis()));
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    EventHandler.send(onlooker, "closed", new Lifetime(socket.id()));
  }
}
