package io.github.upgradehandler.internal.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text to UTF-8, refusing what has no UTF-8 instead of sending question marks. */
public final class TextEncoding {

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUESTION_MARKS = '?' * ONES;

  private TextEncoding() {}

  /**
   * The text in UTF-8.
   *
   * @throws IllegalArgumentException if the text holds an unpaired surrogate
   */
  public static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // An unpaired surrogate becomes '?': without one in the bytes there was none in the text.
    if (hasQuestionMark(bytes)) {
      requirePairedSurrogates(text);
    }
    return bytes;
  }

  /** Eight bytes at a time, since this runs over every text that is sent. */
  private static boolean hasQuestionMark(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long difference = buffer.getLong(i) ^ QUESTION_MARKS;
      if (((difference - ONES) & ~difference & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        return true;
      }
    }
    return false;
  }

  private static void requirePairedSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException(
              "text holds an unpaired surrogate at index " + i + ", which has no UTF-8 form");
        }
        i++;
      }
    }
  }
}
