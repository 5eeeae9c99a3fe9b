package io.github.upgradehandler.internal.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;

/**
 * Says where a text stops being UTF-8, from nothing but the JDK's encodings of all code points: a
 * byte is wrong if no code point is encoded with it behind the bytes before it.
 */
final class Utf8Oracle {

  /** By the number of bytes: what code points begin with, and what they are whole. */
  private final BitSet[] beginnings = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};

  private final BitSet[] wholes = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};

  Utf8Oracle() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(codePoint).getBytes(UTF_8);
        int sequence = 0;
        for (int i = 0; i < bytes.length; i++) {
          sequence = key(sequence, bytes[i]);
          (i == bytes.length - 1 ? wholes : beginnings)[i].set(sequence);
        }
      }
    }
  }

  /**
   * The first byte behind which no text is valid.
   *
   * @return its index; -1 if the text is valid but cut off; the length if it is valid
   */
  int firstWrongByte(byte[] text) {
    int sequence = 0;
    int count = 0;
    for (int i = 0; i < text.length; i++) {
      sequence = key(sequence, text[i]);
      if (wholes[count].get(sequence)) {
        sequence = 0;
        count = 0;
      } else if (beginnings[count].get(sequence)) {
        count++;
      } else {
        return i;
      }
    }
    return count == 0 ? text.length : -1;
  }

  /** Bytes in a row, of four without the highest bits, which are the same for all: 27 bits. */
  private static int key(int sequence, byte next) {
    return (sequence << 8 | (next & 0xFF)) & 0x7FFFFFF;
  }
}
