package io.github.upgradehandler.runner;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.ObservedFrame.Direction;
import io.github.upgradehandler.WebSocket;
import java.io.PrintStream;
import java.util.Map;

/** The same, which shows the frames too. */
final class FrameTerminal extends Terminal implements FrameObserver {

  private static final int COMPRESSED = 0x40;
  private static final Map<Integer, String> NAMES =
      Map.of(0, "continuation", 1, "text", 2, "binary", 8, "close", 9, "ping", 10, "pong");

  FrameTerminal(PrintStream out, PrintStream err) {
    super(out, err);
  }

  @Override
  public void onFrame(WebSocket socket, ObservedFrame frame) {
    say(
        (frame.direction() == Direction.RECEIVED ? "< " : "> ")
            + NAMES.getOrDefault(frame.opcode(), Integer.toString(frame.opcode()))
            + (frame.fin() ? "" : " unfinished")
            + ((frame.reservedBits() & COMPRESSED) == 0 ? "" : " compressed")
            + " of "
            + frame.payloadLength()
            + " bytes");
  }
}
