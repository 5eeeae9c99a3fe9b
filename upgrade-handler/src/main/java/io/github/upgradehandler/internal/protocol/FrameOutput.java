package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.frame.Opcode;
import java.nio.ByteBuffer;

/** Takes the frames that a {@link Sender} makes, in the order in which they are to be sent. */
public interface FrameOutput {

  /**
   * A frame.
   *
   * @param reservedBits RSV1-3 at their places in the first byte
   * @param payload position to limit, lent for the call; its state does not change
   */
  void add(Opcode opcode, boolean fin, int reservedBits, ByteBuffer payload);

  /** A complete frame, header included, which is never changed. */
  void addShared(byte[] frame);

  /**
   * A pong that goes before all that waits, in place of an earlier one that still does.
   *
   * @param payload position to limit, lent for the call; its state does not change
   */
  void addUrgentPong(ByteBuffer payload);
}
