package io.github.upgradehandler.internal.log;

import java.util.regex.Pattern;

/** Text of a peer or of an application, as part of a line that nobody else can forge. */
public final class OneLine {

  /** Also what ends a line in Unicode, or turns the direction of what follows. */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\x{2028}-\\x{202E}\\x{2066}-\\x{2069}]");

  private static final String REST = "...";
  private static final int LONGEST_PATH = 200;

  private OneLine() {}

  /** The text with a question mark for each character that is not for a line. */
  public static String of(String text) {
    return UNSAFE.matcher(text).replaceAll("?");
  }

  /** A path, cut so that the rest of a line has its place. */
  public static String ofPath(String path) {
    return of(path, LONGEST_PATH);
  }

  /**
   * The same, cut.
   *
   * @param max characters, above 3
   */
  public static String of(String text, int max) {
    String cut = text.length() <= max ? text : text.substring(0, max - REST.length()).concat(REST);
    return of(cut);
  }
}
