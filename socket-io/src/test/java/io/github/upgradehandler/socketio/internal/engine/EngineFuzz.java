package io.github.upgradehandler.socketio.internal.engine;

import java.util.Random;

/** Changes text at random, the same for the same seed. */
public final class EngineFuzz {

  private static final String ALPHABET = "0123456789:-,/b4[]{}\"\\\u001e\u20ac\ud83d\ude00truenum_";

  private EngineFuzz() {}

  /** The text with up to three characters changed, removed or added. */
  public static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(mutated.length() + 1);
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> mutated.insert(at, c);
        case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
        default -> mutated.replace(at, Math.min(mutated.length(), at + 1), String.valueOf(c));
      }
    }
    return mutated.toString();
  }
}
