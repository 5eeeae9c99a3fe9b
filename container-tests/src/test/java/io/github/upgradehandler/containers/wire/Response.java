package io.github.upgradehandler.containers.wire;

import java.util.List;
import java.util.Locale;

/** The head of an HTTP response. */
public record Response(int status, List<String> headers) {

  /** The one value of a header, trimmed; null if it is not there. */
  public String header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    List<String> values =
        headers.stream()
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
            .map(header -> header.substring(prefix.length()).strip())
            .toList();
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times: " + headers);
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
