package io.github.upgradehandler.internal.frame;

/** The first two bytes of a frame's header (section 5.2). */
final class FrameHeader {

  /** In the first byte: the message ends with this frame. */
  static final int FIN = 0x80;

  /** In the first byte: RSV1-3. */
  static final int RESERVED_BITS = 0x70;

  /** In the second byte: a masking key precedes the payload. */
  static final int MASK = 0x80;

  /** In the second byte: the length, or one of the two values below. */
  static final int LENGTH = 0x7F;

  /** A length of 16 bits follows. */
  static final int LENGTH_16 = 126;

  /** A length of 64 bits follows. */
  static final int LENGTH_64 = 127;

  private FrameHeader() {}
}
