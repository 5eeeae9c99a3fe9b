package io.github.upgradehandler.client.internal;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a caller may put into a request. */
public final class RequestCheck {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** RFC 9110 section 5.5, without what is obsolete; at neither end white space. */
  private static final Pattern FIELD_VALUE =
      Pattern.compile(
          "|[\\x21-\\x7E\\x80-\\xFF](?:[\\t\\x20-\\x7E\\x80-\\xFF]*[\\x21-\\x7E\\x80-\\xFF])?");

  /** RFC 6265 section 4.1.1, where the value may stand in quotes. */
  private static final Pattern COOKIE_VALUE =
      Pattern.compile("(\"?)[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]*\\1");

  private static final Set<String> OWN =
      Set.of(
          "host",
          "upgrade",
          "connection",
          "content-length",
          "transfer-encoding",
          "cookie",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-protocol",
          "sec-websocket-extensions",
          "sec-websocket-accept");

  private RequestCheck() {}

  /**
   * An address that can be connected to.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  public static URI address(URI uri) {
    String scheme = uri.getScheme();
    require(
        "ws".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme),
        "the address " + uri + " is neither ws: nor wss: (RFC 6455 section 3)");
    require(uri.getHost() != null, "the address " + uri + " has no host, or no correct one");
    require(
        uri.getRawUserInfo() == null,
        "the address has user information, which WebSocket has not: give a header Authorization");
    require(
        uri.getRawFragment() == null,
        "the address " + uri + " has a fragment, which WebSocket has not (RFC 6455 section 3)");
    require(uri.getPort() <= 65_535 && uri.getPort() != 0, "the address " + uri + " has no port");
    return uri;
  }

  /**
   * Checks a header.
   *
   * @throws IllegalArgumentException if it cannot be sent; names it
   */
  public static void header(String name, String value) {
    require(isToken(name), "the header name '" + name + "' is no token (RFC 9110 section 5.1)");
    require(
        !OWN.contains(name.toLowerCase(Locale.ROOT)),
        "the header " + name + " is the client's own to send");
    require(
        FIELD_VALUE.matcher(value).matches(),
        "the value of the header " + name + " has characters that none has (RFC 9110 section 5.5)");
  }

  /**
   * Checks a cookie.
   *
   * @throws IllegalArgumentException if it cannot be sent; names it
   */
  public static void cookie(String name, String value) {
    require(isToken(name), "the cookie name '" + name + "' is no token (RFC 6265 section 4.1.1)");
    require(
        COOKIE_VALUE.matcher(value).matches(),
        "the value of the cookie "
            + name
            + " has characters that none has (RFC 6265 section 4.1.1)");
  }

  /**
   * Checks subprotocols.
   *
   * @throws IllegalArgumentException if they cannot be offered; names the first that is wrong
   */
  public static void subprotocols(String... names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      require(isToken(name), "the subprotocol '" + name + "' is no token (RFC 6455 section 4.1)");
      require(
          seen.add(name), "the subprotocol '" + name + "' is there twice (RFC 6455 section 4.1)");
    }
  }

  static boolean isToken(String name) {
    return TOKEN.matcher(name).matches();
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
