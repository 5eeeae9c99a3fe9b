package io.github.upgradehandler.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What the benchmarks work on: the same in every run. */
final class Samples {

  private static final String WORDS = "Grüße, 世界! Привет мир, naïve café 😀 ";

  private Samples() {}

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** JSON in ASCII. */
  static byte[] json(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder("{\"orders\":[");
    while (text.length() < length) {
      text.append("{\"id\":").append(random.nextInt(1_000_000));
      text.append(",\"price\":").append(random.nextInt(100_000) / 100.0);
      text.append(",\"currency\":\"EUR\"},");
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  /** Text of one to four bytes for a character, whole characters only. */
  static byte[] manyLanguages(int length) {
    StringBuilder text = new StringBuilder();
    while (text.toString().getBytes(StandardCharsets.UTF_8).length < length) {
      text.append(WORDS);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int end = length;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    byte[] whole = java.util.Arrays.copyOf(bytes, length);
    java.util.Arrays.fill(whole, end, length, (byte) ' ');
    return whole;
  }
}
