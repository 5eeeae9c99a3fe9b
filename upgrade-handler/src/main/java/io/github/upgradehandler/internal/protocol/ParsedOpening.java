package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.HandshakeRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The opening handshake as the server sees it (section 4.2).
 *
 * @param acceptKey the value of {@code Sec-WebSocket-Accept}
 * @param subprotocols the client's offer, in its order of preference
 * @param extensions the client's offers, in its order of preference
 */
public record ParsedOpening(
    String acceptKey, List<String> subprotocols, List<ExtensionOffer> extensions) {

  /** Section 1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARACTERS = 24;
  private static final Predicate<String> NOT_ZERO =
      Pattern.compile("\\s*0+\\s*").asMatchPredicate().negate();
  private static final Map<String, String> UPGRADE_HINT =
      Map.of("Upgrade", "websocket", "Connection", "Upgrade");

  /** Whether a request asks for a WebSocket, rightly or not: its Upgrade names one. */
  public static boolean isRequestedBy(RequestHead request) {
    return HeaderTokens.contains(request.headers("Upgrade"), "websocket");
  }

  /**
   * Reads a client's opening handshake (section 4.2.1).
   *
   * @throws HandshakeRefusedException if the request is none
   */
  public static ParsedOpening read(RequestHead request) {
    List<String> upgrade = request.headers("Upgrade");
    if (!request.method().equals("GET")) {
      throw new HandshakeRefusedException(
          405,
          "WebSocket opens with GET, not " + request.method() + " (RFC 6455 section 4.2.1)",
          Map.of("Allow", "GET"));
    }
    if (!request.protocol().startsWith("HTTP/1.")) {
      // Neither 426 nor its headers exist there (RFC 9113 section 8.6).
      throw cannotUpgrade(request);
    }
    if (upgrade.isEmpty()) {
      throw new HandshakeRefusedException(
          426, "This address speaks WebSocket: open it with a WebSocket client.", UPGRADE_HINT);
    }
    if (!request.protocol().equals("HTTP/1.1")) {
      throw cannotUpgrade(request);
    }
    checkBody(request);
    if (!HeaderTokens.contains(upgrade, "websocket")) {
      throw new HandshakeRefusedException(
          426, "Upgrade names no websocket (RFC 6455 section 4.2.1)", UPGRADE_HINT);
    }
    if (!HeaderTokens.contains(request.headers("Connection"), "upgrade")) {
      throw refused("Connection names no Upgrade (RFC 6455 section 4.2.1)");
    }
    if (!request.headers("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      throw new HandshakeRefusedException(
          426,
          "Sec-WebSocket-Version is not 13 (RFC 6455 section 4.4)",
          Map.of(
              "Sec-WebSocket-Version", VERSION, "Upgrade", "websocket", "Connection", "Upgrade"));
    }
    if (!request.headers("Expect").isEmpty()) {
      // There are containers that end the connection after the 101.
      throw new HandshakeRefusedException(
          417, "Expect is for requests with a body (RFC 9110 section 10.1.1)");
    }
    return new ParsedOpening(
        acceptFor(key(request.headers("Sec-WebSocket-Key"))),
        parsed(request, "Sec-WebSocket-Protocol", lines -> List.copyOf(HeaderTokens.parse(lines))),
        parsed(request, "Sec-WebSocket-Extensions", ExtensionOffer::parse));
  }

  /** What follows the head is the connection's, and not to be taken for a body. */
  private static void checkBody(RequestHead request) {
    checkAbsent("Transfer-Encoding", request.headers("Transfer-Encoding"));
    checkAbsent(
        "Content-Length", request.headers("Content-Length").stream().filter(NOT_ZERO).toList());
  }

  private static void checkAbsent(String header, List<String> announcing) {
    if (!announcing.isEmpty()) {
      throw new HandshakeRefusedException(
          400,
          header + " announces a body: a handshake has none (RFC 6455 section 4.1)",
          Map.of("Connection", "close"));
    }
  }

  private static HandshakeRefusedException cannotUpgrade(RequestHead request) {
    return refused(
        request.protocol() + " cannot be upgraded, HTTP/1.1 can (RFC 6455 section 4.2.1)");
  }

  /**
   * The value that answers a key (section 4.2.2 item 5.4).
   *
   * @throws IllegalStateException if no security provider of the platform has SHA-1
   */
  public static String acceptFor(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this Java platform has no SHA-1 (RFC 6455 section 4.2.2)", e);
    }
  }

  /** The first subprotocol of the server's list that the client offers (section 4.2.2 item 5.5). */
  public static Optional<String> chooseSubprotocol(List<String> spoken, List<String> offered) {
    return spoken.stream().filter(offered::contains).findFirst();
  }

  private static String key(List<String> lines) {
    if (lines.size() != 1) {
      throw refused(
          "Sec-WebSocket-Key is there "
              + lines.size()
              + " times, not once (RFC 6455 section 4.2.1)");
    }
    String key = lines.get(0).strip();
    if (!isBase64Of16Bytes(key)) {
      throw refused("Sec-WebSocket-Key is not 16 bytes in base64 (RFC 6455 section 4.2.1)");
    }
    return key;
  }

  private static boolean isBase64Of16Bytes(String key) {
    if (key.length() != KEY_CHARACTERS) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static <T> T parsed(
      RequestHead request, String header, Function<List<String>, T> parser) {
    try {
      return parser.apply(request.headers(header));
    } catch (IllegalArgumentException e) {
      throw refused(header + ": " + e.getMessage() + " (RFC 6455 section 4.2.1)");
    }
  }

  private static HandshakeRefusedException refused(String reason) {
    return new HandshakeRefusedException(400, reason);
  }
}
