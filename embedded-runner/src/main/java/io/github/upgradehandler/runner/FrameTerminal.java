package io.github.upgradehandler.runner;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.ObservedFrame.Direction;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The same, which shows the frames too.
 *
 * @param terminal what is shown otherwise
 */
record FrameTerminal(Terminal terminal) implements FrameObserver {

  private static final int COMPRESSED = 0x40;
  private static final Map<Integer, String> NAMES =
      Map.of(0, "continuation", 1, "text", 2, "binary", 8, "close", 9, "ping", 10, "pong");

  @Override
  public void onFrame(WebSocket socket, ObservedFrame frame) {
    terminal.say(
        (frame.direction() == Direction.RECEIVED ? "< " : "> ")
            + NAMES.getOrDefault(frame.opcode(), Integer.toString(frame.opcode()))
            + (frame.fin() ? "" : " unfinished")
            + ((frame.reservedBits() & COMPRESSED) == 0 ? "" : " compressed")
            + " of "
            + frame.payloadLength()
            + " bytes");
  }

  @Override
  public void onOpen(WebSocket socket) {
    terminal.onOpen(socket);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    terminal.onText(socket, text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    terminal.onBinary(socket, payload);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    terminal.onError(socket, error);
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    terminal.onClose(socket, event);
  }
}
