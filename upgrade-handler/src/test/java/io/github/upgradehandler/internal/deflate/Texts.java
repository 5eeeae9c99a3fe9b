package io.github.upgradehandler.internal.deflate;

import java.util.Random;

/** Payloads for tests: always the same. */
public final class Texts {

  private static final int WORDS = 3000;

  private Texts() {}

  /** ASCII that compresses well, and the better the larger the window. */
  public static byte[] compressible(int length, long seed) {
    Random random = new Random(seed);
    byte[][] words = new byte[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      words[i] = new byte[2 + random.nextInt(10)];
      for (int k = 0; k < words[i].length; k++) {
        words[i][k] = (byte) ('a' + random.nextInt(26));
      }
    }
    byte[] text = new byte[length];
    int position = 0;
    while (position < length) {
      byte[] word = words[random.nextInt(WORDS)];
      int count = Math.min(word.length, length - position);
      System.arraycopy(word, 0, text, position, count);
      position += count;
      if (position < length) {
        text[position++] = ' ';
      }
    }
    return text;
  }

  /** What no compression makes smaller. */
  public static byte[] incompressible(int length, long seed) {
    byte[] noise = new byte[length];
    new Random(seed).nextBytes(noise);
    return noise;
  }
}
