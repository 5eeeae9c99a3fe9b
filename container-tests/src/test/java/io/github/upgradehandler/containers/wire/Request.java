package io.github.upgradehandler.containers.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An HTTP request, as it is written. */
public record Request(String method, String target, String version, List<String> headers) {

  /** The example of RFC 6455 section 1.3. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /** A plain request for a page. */
  public static Request get(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = "Host: " + uri.getHost() + ":" + uri.getPort();
    return new Request("GET", uri.getRawPath() + query, "HTTP/1.1", List.of(host));
  }

  /** A handshake with which nothing is wrong. */
  public static Request handshake(URI uri) {
    return get(uri)
        .and("Connection", "Upgrade")
        .and("Upgrade", "websocket")
        .and("Sec-WebSocket-Version", "13")
        .and("Sec-WebSocket-Key", KEY);
  }

  public Request method(String other) {
    return new Request(other, target, version, headers);
  }

  public Request version(String other) {
    return new Request(method, target, other, headers);
  }

  public Request and(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new Request(method, target, version, more);
  }

  public Request without(String name) {
    List<String> fewer = new ArrayList<>(headers);
    fewer.removeIf(header -> header.startsWith(name + ":"));
    return new Request(method, target, version, fewer);
  }

  public Request with(String name, String value) {
    return without(name).and(name, value);
  }

  public byte[] bytes() {
    return Stream.concat(
            Stream.of(method + " " + target + " " + version),
            Stream.concat(headers.stream(), Stream.of("", "")))
        .collect(Collectors.joining("\r\n"))
        .getBytes(ISO_8859_1);
  }
}
