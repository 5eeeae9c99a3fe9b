package io.github.upgradehandler.internal.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The head of a request.
 *
 * @param lines the headers, {@code Name: value}
 */
record Request(String method, String protocol, boolean isSecure, List<String> lines)
    implements RequestHead {

  /** The opening handshake of RFC 6455 section 1.2, without its lists. */
  static Request opening() {
    return new Request(
        "GET",
        "HTTP/1.1",
        false,
        List.of(
            "Host: server.example.com",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13"));
  }

  Request as(String newMethod, String newProtocol) {
    return new Request(newMethod, newProtocol, isSecure, lines);
  }

  Request secure(boolean newSecure) {
    return new Request(method, protocol, newSecure, lines);
  }

  /** One more line. */
  Request with(String line) {
    return new Request(
        method, protocol, isSecure, Stream.concat(lines.stream(), Stream.of(line)).toList());
  }

  /** No line of that name. */
  Request without(String name) {
    return new Request(
        method, protocol, isSecure, lines.stream().filter(line -> !isNamed(line, name)).toList());
  }

  /** This line instead of those of its name, or none for a name alone. */
  Request changed(String lineOrName) {
    int colon = lineOrName.indexOf(':');
    return colon < 0
        ? without(lineOrName)
        : without(lineOrName.substring(0, colon)).with(lineOrName);
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      if (isNamed(line, name)) {
        values.add(line.substring(name.length() + 1).strip());
      }
    }
    return values;
  }

  private static boolean isNamed(String line, String name) {
    return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
  }
}
