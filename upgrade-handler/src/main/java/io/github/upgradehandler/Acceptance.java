package io.github.upgradehandler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The answer to a handshake that an application accepts, with all that it may set. Immutable. */
public final class Acceptance implements HandshakeAnswer {

  /** A field name of RFC 9110 section 5.1. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A field value of RFC 9110 section 5.5, of visible ASCII. */
  private static final Pattern FIELD_VALUE =
      Pattern.compile("[\\x21-\\x7e](?:[\\t\\x20-\\x7e]*)?|");

  /** Headers that the handshake itself, or the framing of HTTP, sets in the response. */
  private static final Set<String> OF_THE_HANDSHAKE =
      Set.of("upgrade", "connection", "content-length", "transfer-encoding");

  /**
   * A header of the response.
   *
   * @param name its name
   * @param value its value
   */
  public record Header(String name, String value) {

    /**
     * Checks the header.
     *
     * @throws IllegalArgumentException if it is none, or one that the handshake itself sets
     */
    public Header {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not the name of a header (RFC 9110 section 5.1)");
      }
      if (OF_THE_HANDSHAKE.contains(lowerCase) || lowerCase.startsWith("sec-websocket-")) {
        throw new IllegalArgumentException(
            "header " + name + " is set by the handshake (RFC 6455 section 4.2.2)");
      }
      if (!FIELD_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "the value of header "
                + name
                + " has characters that none may have (RFC 9110 section 5.5)");
      }
    }
  }

  private final WebSocketHandler handler;
  private final @Nullable String subprotocol;
  private final boolean subprotocolSet;
  private final Map<String, Object> attributes;
  private final List<Header> headers;
  private final @Nullable Limits limits;

  private Acceptance(
      WebSocketHandler handler,
      boolean subprotocolSet,
      @Nullable String subprotocol,
      Map<String, Object> attributes,
      List<Header> headers,
      @Nullable Limits limits) {
    this.handler = handler;
    this.subprotocolSet = subprotocolSet;
    this.subprotocol = subprotocol;
    this.attributes = attributes;
    this.headers = headers;
    this.limits = limits;
  }

  /** Accepts with a handler, and sets nothing else. */
  public static Acceptance of(WebSocketHandler handler) {
    return new Acceptance(handler, false, null, Map.of(), List.of(), null);
  }

  /**
   * An application's answer of either kind, as an acceptance.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  public static Acceptance of(HandshakeAnswer answer) {
    if (answer instanceof Acceptance acceptance) {
      return acceptance;
    }
    if (answer instanceof WebSocketHandler handler) {
      return of(handler);
    }
    throw new IllegalArgumentException(
        answer.getClass().getName() + " is neither a WebSocketHandler nor an Acceptance");
  }

  /**
   * The same with a subprotocol: one that the client offers (RFC 6455 section 4.2.2 item 5.5).
   * Without this it is {@link Handshake#subprotocol}.
   */
  public Acceptance withSubprotocol(String value) {
    return new Acceptance(handler, true, value, attributes, headers, limits);
  }

  /** The same with no subprotocol, whatever the client offers. */
  public Acceptance withoutSubprotocol() {
    return new Acceptance(handler, true, null, attributes, headers, limits);
  }

  /** The same, with this subprotocol unless something was said about it before. */
  public Acceptance orSubprotocol(Optional<String> otherwise) {
    return subprotocolSet
        ? this
        : new Acceptance(handler, true, otherwise.orElse(null), attributes, headers, limits);
  }

  /**
   * The same with a value that the connection's {@link WebSocket#attributes} have from the start.
   */
  public <T> Acceptance withAttribute(Attribute<T> key, T value) {
    Map<String, Object> more = new LinkedHashMap<>(attributes);
    more.put(key.name(), key.type().cast(value));
    return new Acceptance(
        handler, subprotocolSet, subprotocol, Collections.unmodifiableMap(more), headers, limits);
  }

  /**
   * The same with a header more in the response, such as a {@code Set-Cookie}.
   *
   * @throws IllegalArgumentException if it is none, or one that the handshake itself sets
   */
  public Acceptance withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Acceptance(
        handler, subprotocolSet, subprotocol, attributes, List.copyOf(more), limits);
  }

  /** The same with limits of this connection's own, see {@link WebSocket#setLimits}. */
  public Acceptance withLimits(Limits value) {
    return new Acceptance(handler, subprotocolSet, subprotocol, attributes, headers, value);
  }

  /** What handles the connection. */
  public WebSocketHandler handler() {
    return handler;
  }

  /** The subprotocol to agree on, if any. */
  public Optional<String> subprotocol() {
    return Optional.ofNullable(subprotocol);
  }

  /** Values of {@link WebSocket#attributes} from the start, by name. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** Headers to add to the response, in order. */
  public List<Header> headers() {
    return headers;
  }

  /** Limits of this connection's own; empty for those of {@link WebSocketConfig#limits}. */
  public Optional<Limits> limits() {
    return Optional.ofNullable(limits);
  }
}
