package io.github.upgradehandler.sample;

import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name of one to {@value #MAX_LENGTH} letters, digits, spaces and {@code . _ - '}. */
public record Nickname(String value) {

  /** The most code points of a name. */
  public static final int MAX_LENGTH = 24;

  private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N} ._'-]");

  /** What can be kept of a wish; a guest's name if that is nothing. */
  public static Nickname of(String wish) {
    String kept = FORBIDDEN.matcher(SingleLine.of(wish)).replaceAll("").strip();
    if (kept.isEmpty()) {
      return new Nickname("guest-" + ThreadLocalRandom.current().nextInt(1000, 10_000));
    }
    int length = Math.min(MAX_LENGTH, kept.codePointCount(0, kept.length()));
    return new Nickname(kept.substring(0, kept.offsetByCodePoints(0, length)).strip());
  }

  static String join(Collection<Nickname> names) {
    return names.stream().map(Nickname::value).sorted().collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return value;
  }
}
