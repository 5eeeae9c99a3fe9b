package io.github.upgradehandler.internal.protocol;

/**
 * Reads a header's value from left to right, once, by the grammar of RFC 9110 section 5.6: tokens,
 * quoted strings, optional white space.
 */
final class HeaderScanner {

  private final String value;
  private int position;

  HeaderScanner(String value) {
    this.value = value;
  }

  boolean atEnd() {
    return position == value.length();
  }

  void skipWhiteSpace() {
    while (!atEnd() && (value.charAt(position) == ' ' || value.charAt(position) == '\t')) {
      position++;
    }
  }

  /** Whether the next character is this one; takes it if so. */
  boolean take(char expected) {
    if (!atEnd() && value.charAt(position) == expected) {
      position++;
      return true;
    }
    return false;
  }

  /** The token that comes next; empty if none does. */
  String token() {
    int start = position;
    while (!atEnd() && isTokenCharacter(value.charAt(position))) {
      position++;
    }
    return value.substring(start, position);
  }

  /**
   * The quoted string whose opening quote was taken, without quotes and escapes.
   *
   * @throws IllegalArgumentException if the closing quote is missing
   */
  String restOfQuotedString() {
    StringBuilder text = new StringBuilder();
    while (!atEnd()) {
      char c = value.charAt(position++);
      if (c == '"') {
        return text.toString();
      }
      if (c == '\\' && !atEnd()) {
        c = value.charAt(position++);
      }
      text.append(c);
    }
    throw new IllegalArgumentException("unclosed quote");
  }

  /** Whether a text is a token: at least one character, and none but those of tokens. */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isTokenCharacter((char) c));
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
