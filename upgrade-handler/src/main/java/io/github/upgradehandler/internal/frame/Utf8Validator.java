package io.github.upgradehandler.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 as it comes (section 8.1; RFC 3629 section 4), to the byte: the first byte that no
 * valid text could have at its place is refused, however the text is cut into pieces.
 */
public final class Utf8Validator {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Continuation bytes that the code point at hand still lacks. */
  private int missing;

  /** The range of the next continuation byte; narrower than 80-BF only after E0, ED, F0 and F4. */
  private int lowest;

  private int highest;

  /** How many of the bytes from {@code offset} on are ASCII before the first that is not. */
  private static int asciiLength(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    for (int last = end - Long.BYTES; position <= last; position += Long.BYTES) {
      if (((long) LONGS.get(bytes, position) & HIGH_BITS) != 0) {
        break;
      }
    }
    while (position < end && bytes[position] >= 0) {
      position++;
    }
    return position - offset;
  }

  /**
   * Takes the next bytes of the text.
   *
   * @return false as soon as they cannot be a part of valid UTF-8; then nothing may follow
   */
  public boolean accept(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end) {
      int next = bytes[position++] & 0xFF;
      if (missing == 0) {
        if (next < 0x80) {
          position += asciiLength(bytes, position, end - position);
        } else if (!begin(next)) {
          return false;
        }
      } else {
        if (next < lowest || next > highest) {
          return false;
        }
        lowest = 0x80;
        highest = 0xBF;
        missing--;
      }
    }
    return true;
  }

  /** Whether the text may end here, and the next begin: no code point is cut off. */
  public boolean isComplete() {
    return missing == 0;
  }

  private boolean begin(int first) {
    lowest = 0x80;
    highest = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) { // C0 and C1 are always overlong
      missing = 1;
      return true;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      if (first == 0xE0) {
        lowest = 0xA0; // below: overlong
      } else if (first == 0xED) {
        highest = 0x9F; // above: surrogates
      }
      missing = 2;
      return true;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      if (first == 0xF0) {
        lowest = 0x90; // below: overlong
      } else if (first == 0xF4) {
        highest = 0x8F; // above: beyond U+10FFFF
      }
      missing = 3;
      return true;
    }
    return false;
  }
}
