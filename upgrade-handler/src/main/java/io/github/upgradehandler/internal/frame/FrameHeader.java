package io.github.upgradehandler.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

  /** Its first two bytes. */
  static final int SHORTEST = 2;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

  /** Where the length ends in the header, as its second byte says. */
  static int lengthEnd(int second) {
    return switch (second & LENGTH) {
      case LENGTH_16 -> SHORTEST + Short.BYTES;
      case LENGTH_64 -> SHORTEST + Long.BYTES;
      default -> SHORTEST;
    };
  }

  /**
   * The payload's length, in network byte order; negative where the top bit of 64 is set.
   *
   * @param position of the header, which is there up to {@code lengthEnd}
   */
  static long payloadLength(byte[] bytes, int position, int lengthEnd) {
    return switch (lengthEnd) {
      case SHORTEST -> bytes[position + 1] & LENGTH;
      case SHORTEST + Short.BYTES -> (short) SHORTS.get(bytes, position + SHORTEST) & 0xFFFF;
      default -> (long) LONGS.get(bytes, position + SHORTEST);
    };
  }

  /** The masking key, see {@link Masking#apply}. */
  static int maskingKey(byte[] bytes, int position) {
    return (int) INTS.get(bytes, position);
  }

  /**
   * Refuses a payload's length that is not written as it must be.
   *
   * @param second the second byte, which says how it is written
   */
  static void checkLength(int second, long length) throws ProtocolException {
    if (length < 0) {
      throw ProtocolException.breach("64-bit length with the top bit set (section 5.2)");
    }
    if (length < LENGTH_16 || ((second & LENGTH) == LENGTH_64 && length <= 0xFFFF)) {
      throw ProtocolException.breach("length not in its shortest form (section 5.2)");
    }
  }
}
