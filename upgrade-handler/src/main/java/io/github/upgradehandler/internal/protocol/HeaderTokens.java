package io.github.upgradehandler.internal.protocol;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A header that is a list of tokens (RFC 9110 section 5.6.1), over all its lines. */
public final class HeaderTokens {

  private HeaderTokens() {}

  /**
   * The tokens in order, each once; empty elements count for nothing.
   *
   * @throws IllegalArgumentException if something else than tokens, commas and white space is there
   */
  static Set<String> parse(List<String> lines) {
    Set<String> tokens = new LinkedHashSet<>();
    for (String line : lines) {
      HeaderScanner scanner = new HeaderScanner(line);
      do {
        scanner.skipWhiteSpace();
        String token = scanner.token();
        if (!token.isEmpty()) {
          tokens.add(token);
        }
        scanner.skipWhiteSpace();
      } while (scanner.take(','));
      if (!scanner.atEnd()) {
        throw new IllegalArgumentException("not a list of tokens");
      }
    }
    return tokens;
  }

  /**
   * Whether a token is one of the elements, without regard to case and to what the others are: in
   * {@code Upgrade} there may be versions, such as {@code HTTP/3.0} (RFC 9110 section 7.8).
   */
  public static boolean contains(List<String> lines, String token) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(element -> element.strip().equalsIgnoreCase(token));
  }
}
