package io.github.upgradehandler.sample;

import java.util.regex.Pattern;

/** Text from outside, made fit to stand in a line of a protocol that is made of lines. */
final class SingleLine {

  private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cc}\\u2028\\u2029]+");

  private SingleLine() {}

  static String of(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }
}
