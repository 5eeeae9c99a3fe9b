package io.github.upgradehandler;

import java.nio.ByteBuffer;

/**
 * What a {@link FrameObserver} is shown of a frame, RFC 6455 section 5.2.
 *
 * @param direction which way it went
 * @param fin whether a message ends with it
 * @param reservedBits RSV1-3 at their places in the first byte: 0x40 marks a compressed message
 * @param opcode the four bits
 * @param masked whether the payload was masked: what the client sends is (section 5.1)
 * @param payloadLength bytes of the payload
 * @param start the first bytes of the payload as the extension left them, unmasked, at most {@link
 *     #MAX_START_BYTES}; an independent, read-only copy
 */
public record ObservedFrame(
    Direction direction,
    boolean fin,
    int reservedBits,
    int opcode,
    boolean masked,
    long payloadLength,
    ByteBuffer start) {

  /** So many bytes of a payload are shown; all of a control frame, section 5.5. */
  public static final int MAX_START_BYTES = Limits.CONTROL_FRAME_BYTES;

  /** Which way a frame went. */
  public enum Direction {
    /** From the peer. */
    RECEIVED,
    /** To the peer. */
    SENT
  }
}
