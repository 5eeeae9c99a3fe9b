package io.github.upgradehandler.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values out of a request that its container refuses to read as a whole. */
final class RawPairs {

  private RawPairs() {}

  /** RFC 6265 section 4.2.1; of several with one name the first, and values as they are. */
  static Map<String, String> cookies(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && isAscii(pair)) {
          values.putIfAbsent(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
      }
    }
    return values;
  }

  /** Those whose escapes are right, as of a form (URL Standard section 5.1). */
  static Map<String, List<String>> parameters(@Nullable String query) {
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        String decoded = decode(value);
        if (!name.isEmpty()) {
          values.computeIfAbsent(decode(name), first -> new ArrayList<>()).add(decoded);
        }
      } catch (IllegalArgumentException e) {
        // Left out: what was meant is not known.
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 0x80);
  }
}
