package io.github.upgradehandler.internal.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Sec-WebSocket-Extensions} (section 9.1): an extension with parameters,
 * which may come in any number, doubled or unknown; what they mean is the extension's matter.
 *
 * @param name the extension's token
 * @param parameters in order
 */
public record ExtensionOffer(String name, List<Parameter> parameters) {

  /**
   * A parameter.
   *
   * @param name a token
   * @param value a token, also where it was quoted; null if the parameter stands alone
   */
  public record Parameter(String name, @Nullable String value) {}

  /** Copies the list. */
  public ExtensionOffer {
    parameters = List.copyOf(parameters);
  }

  /**
   * The offers of a header over all its lines, in the client's order of preference, in linear time.
   *
   * @throws IllegalArgumentException if the header does not follow the grammar
   */
  public static List<ExtensionOffer> parse(List<String> lines) {
    List<ExtensionOffer> offers = new ArrayList<>();
    for (String line : lines) {
      HeaderScanner scanner = new HeaderScanner(line);
      do {
        scanner.skipWhiteSpace();
        String name = scanner.token();
        scanner.skipWhiteSpace();
        if (!name.isEmpty()) {
          offers.add(new ExtensionOffer(name, parameters(scanner)));
        }
      } while (scanner.take(','));
      if (!scanner.atEnd()) {
        throw new IllegalArgumentException("not a list of extensions");
      }
    }
    return offers;
  }

  private static List<Parameter> parameters(HeaderScanner scanner) {
    List<Parameter> parameters = new ArrayList<>();
    while (scanner.take(';')) {
      scanner.skipWhiteSpace();
      String name = scanner.token();
      scanner.skipWhiteSpace();
      if (name.isEmpty()) {
        throw new IllegalArgumentException("parameter without a name");
      }
      parameters.add(new Parameter(name, scanner.take('=') ? value(scanner) : null));
      scanner.skipWhiteSpace();
    }
    return parameters;
  }

  /** A quoted value must be a token once it is unquoted (section 9.1). */
  private static String value(HeaderScanner scanner) {
    scanner.skipWhiteSpace();
    String value = scanner.take('"') ? scanner.restOfQuotedString() : scanner.token();
    if (!HeaderScanner.isToken(value)) {
      throw new IllegalArgumentException("parameter value that is not a token");
    }
    return value;
  }
}
