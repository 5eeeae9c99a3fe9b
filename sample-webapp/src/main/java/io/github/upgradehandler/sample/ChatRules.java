package io.github.upgradehandler.sample;

import java.util.regex.Pattern;

/** What a chat takes, and what it says of the rest. */
public final class ChatRules {

  /** In a chat. */
  public static final int MOST_ROOMS = 100;

  public static final String TOO_MANY_ROOMS = "no more than " + MOST_ROOMS + " rooms";

  public static final String NO_ROOM_NAME =
      "a room has a name of 1 to 24 letters, digits and . _ - '";

  private static final int MOST_CHARACTERS = 2_000;

  public static final String NO_LINE = "a line has 1 to " + MOST_CHARACTERS + " characters";

  private static final Pattern ROOM_NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._'-]{1,24}");

  private ChatRules() {}

  /** Else {@link #NO_ROOM_NAME}. */
  public static boolean isRoomName(String name) {
    return ROOM_NAME.matcher(name).matches();
  }

  /**
   * Else {@link #NO_LINE}.
   *
   * @param text without blanks around it
   */
  public static boolean isLine(String text) {
    return !text.isEmpty() && text.length() <= MOST_CHARACTERS;
  }
}
