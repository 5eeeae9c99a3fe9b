package io.github.upgradehandler.internal.frame;

/** A frame's header (section 5.2): its bits, and what is illegal in it. */
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

  /**
   * The opcode of a frame's first byte.
   *
   * @param negotiatedBits RSV bits that may be set on a message's first frame
   * @throws ProtocolException if that byte is illegal
   */
  static Opcode checkedOpcode(int first, int negotiatedBits) throws ProtocolException {
    Opcode parsed = Opcode.ofFirstByte(first);
    if (parsed == null) {
      throw ProtocolException.breach("reserved opcode " + (first & 0xF) + " (section 5.2)");
    }
    boolean startsMessage = parsed == Opcode.TEXT || parsed == Opcode.BINARY;
    if ((first & RESERVED_BITS & ~(startsMessage ? negotiatedBits : 0)) != 0) {
      throw ProtocolException.breach("RSV bit without a negotiated meaning (section 5.2)");
    }
    if (parsed.isControl() && (first & FIN) == 0) {
      throw ProtocolException.breach("fragmented control frame (section 5.5)");
    }
    return parsed;
  }

  /** Refuses a second byte that is illegal after that opcode. */
  static void checkSecondByte(Opcode opcode, int second, boolean expectsMask)
      throws ProtocolException {
    boolean masked = (second & MASK) != 0;
    if (masked != expectsMask) {
      throw ProtocolException.breach(
          (masked ? "masked frame from the server" : "unmasked frame from the client")
              + " (section 5.1)");
    }
    if (opcode.isControl() && (second & LENGTH) > Opcode.MAX_CONTROL_PAYLOAD) {
      throw ProtocolException.breach("control frame over 125 bytes (section 5.5)");
    }
  }

  /**
   * Refuses a payload's length that is not written as it must be.
   *
   * @param shortLength what the second byte says of it
   */
  static void checkLength(int shortLength, long length) throws ProtocolException {
    if (length < 0) {
      throw ProtocolException.breach("64-bit length with the top bit set (section 5.2)");
    }
    if ((shortLength == LENGTH_16 && length < LENGTH_16)
        || (shortLength == LENGTH_64 && length <= 0xFFFF)) {
      throw ProtocolException.breach("length not in its shortest form (section 5.2)");
    }
  }
}
