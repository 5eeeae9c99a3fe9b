package io.github.upgradehandler.containers.suite;

import io.github.upgradehandler.containers.wire.Request;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is changed in a right handshake, and the statuses that are right answers. */
record HandshakeCase(String name, UnaryOperator<Request> change, Set<Integer> statuses) {

  private static final Set<Integer> ACCEPTED = Set.of(101);
  private static final Set<Integer> BAD = Set.of(400);

  // With the rest of the request just below the 8 KiB that Tomcat allows for headers.
  private static final int LARGE = 7_000;

  static Stream<HandshakeCase> all() {
    return Stream.of(versions(), tokens(), keys(), lists(), origins()).flatMap(cases -> cases);
  }

  private static Stream<HandshakeCase> versions() {
    return Stream.of(
        of("H1 version 12", Set.of(426), r -> r.with("Sec-WebSocket-Version", "12")),
        of("H1 no version", Set.of(426, 400), r -> r.without("Sec-WebSocket-Version")),
        of("H2 POST", Set.of(400, 405), r -> r.method("POST").and("Content-Length", "0")),
        of("H2 HTTP/1.0", Set.of(400, 426, 505), r -> r.version("HTTP/1.0")));
  }

  private static Stream<HandshakeCase> tokens() {
    Set<Integer> refused = Set.of(400, 426);
    return Stream.of(
        of("H3 no Connection", refused, r -> r.without("Connection")),
        of("H3 Connection: keep-alive", refused, r -> r.with("Connection", "keep-alive")),
        of("H3 no Upgrade", refused, r -> r.without("Upgrade")),
        of("H3 tokens in a list", ACCEPTED, r -> r.with("Connection", "keep-alive, uPGRADE")),
        of("H3 WebSocket in capitals", ACCEPTED, r -> r.with("Upgrade", "WEBSOCKET")),
        of("H4 Upgrade: h2c", refused, r -> r.with("Upgrade", "h2c")));
  }

  private static Stream<HandshakeCase> keys() {
    return Stream.of(
        of("H5 no key", BAD, r -> r.without("Sec-WebSocket-Key")),
        of("H5 key of 15 bytes", BAD, r -> key(r, "AAECAwQFBgcICQoLDA0O")),
        of("H5 key of 17 bytes", BAD, r -> key(r, "AAECAwQFBgcICQoLDA0ODxA=")),
        of("H5 key with a bad character", BAD, r -> key(r, "dGhlIHNhbXBsZSBub25j!Q==")),
        of("H5 key twice", BAD, r -> r.and("Sec-WebSocket-Key", Request.KEY)));
  }

  private static Request key(Request request, String key) {
    return request.with("Sec-WebSocket-Key", key);
  }

  private static Stream<HandshakeCase> lists() {
    return Stream.of(
        of(
            "H6 endless escapes in an extension",
            BAD,
            r -> r.and("Sec-WebSocket-Extensions", "x; y=\"" + "\\\"".repeat(LARGE / 2))),
        of(
            "H7 a subprotocol of spaces",
            Set.of(101, 400),
            r -> r.and("Sec-WebSocket-Protocol", "a," + " ".repeat(LARGE) + ",,a")),
        of(
            "H8 an unknown extension",
            ACCEPTED,
            r -> r.and("Sec-WebSocket-Extensions", "unheard-of; of=it, x-webkit-deflate-frame")),
        of(
            "H8 an unknown parameter",
            ACCEPTED,
            r -> r.and("Sec-WebSocket-Extensions", "permessage-deflate; no_such_thing=3")));
  }

  private static Stream<HandshakeCase> origins() {
    Set<Integer> foreign = Set.of(403);
    return Stream.of(
        of("H9 a foreign Origin", foreign, r -> r.and("Origin", "https://evil.test")),
        of("H9 Origin: null", foreign, r -> r.and("Origin", "null")),
        of(
            "H9 an Origin that begins as ours",
            foreign,
            r -> r.and("Origin", own(r) + ".evil.test")),
        of("H9 the server's own Origin", ACCEPTED, r -> r.and("Origin", own(r))));
  }

  private static String own(Request request) {
    return "http://" + request.headers().get(0).substring("Host: ".length());
  }

  private static HandshakeCase of(
      String name, Set<Integer> statuses, UnaryOperator<Request> change) {
    return new HandshakeCase(name, change, statuses);
  }

  @Override
  public String toString() {
    return name;
  }
}
