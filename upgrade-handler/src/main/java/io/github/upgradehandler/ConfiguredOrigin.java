package io.github.upgradehandler;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin of a configuration, which must be one that a browser can send (RFC 6454 section 6.2),
 * or {@code *.} and a domain, for one label of any name.
 */
final class ConfiguredOrigin {

  private static final Pattern SERIALIZED =
      Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#\\s,@]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern AUTHORITY =
      Pattern.compile(
          "((?:\\*\\.)?[^\\[\\]:*]+|\\[[0-9a-f:.]+])(?::([1-9]\\d{0,4}))?",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> OF_SOCKETS = Set.of("ws", "wss");
  private static final Set<String> OF_PAGES = Set.of("http", "https");
  private static final int HIGHEST_PORT = 65_535;

  private ConfiguredOrigin() {}

  /**
   * As a browser spells it, but for case and a default port.
   *
   * @throws IllegalArgumentException if no browser sends such an origin; names it
   */
  static String check(String value) {
    if (value.equals("*") || value.equalsIgnoreCase("null")) {
      return value;
    }
    Matcher origin = SERIALIZED.matcher(value);
    if (!origin.matches()) {
      throw notAnOrigin(value);
    }
    String scheme = origin.group(1).toLowerCase(Locale.ROOT);
    if (OF_SOCKETS.contains(scheme)) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' is the address of a socket: the origin of a page is https:// or http://");
    }
    if (!OF_PAGES.contains(scheme) && !value.contains("*")) {
      return value; // such as file:// or capacitor://localhost, whatever its client makes of it
    }
    Matcher authority = AUTHORITY.matcher(origin.group(2));
    if (!authority.matches()) {
      throw notAnOrigin(value);
    }
    String port = authority.group(2);
    if (port != null && Integer.parseInt(port) > HIGHEST_PORT) {
      throw notAnOrigin(value);
    }
    String host = authority.group(1);
    return value.replace(host, host.startsWith("[") ? host : inAscii(value, host));
  }

  /** Browsers send other letters so (URL Standard section 3.3). */
  private static String inAscii(String value, String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw notAnOrigin(value);
    }
  }

  private static IllegalArgumentException notAnOrigin(String value) {
    return new IllegalArgumentException(
        "'" + value + "' is not an origin such as https://app.example, null or *");
  }
}
