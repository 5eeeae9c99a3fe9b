package io.github.upgradehandler;

import io.github.upgradehandler.internal.log.OneLine;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake's request (RFC 6455 section 4.1): an immutable snapshot, since the request
 * itself is gone once the connection is upgraded.
 */
public final class Handshake {

  /** Among them a session's id, where containers put it into URLs. */
  private static final Pattern PATH_PARAMETERS = Pattern.compile("(?:;|%3[bB])[^/]*");

  private final String path;
  private final String pathInfo;
  private final @Nullable String query;
  private final boolean secure;
  private final InetSocketAddress remoteAddress;
  private final @Nullable Principal principal;
  private final @Nullable String sessionId;
  private final List<String> subprotocols;
  private final @Nullable String subprotocol;
  private final String[] headers;
  private final Map<String, String> cookies;
  private final Map<String, List<String>> parameters;
  private final Map<String, Object> attributes;

  private Handshake(Builder builder) {
    path = builder.path;
    pathInfo = builder.pathInfo;
    query = builder.query;
    secure = builder.secure;
    remoteAddress = builder.remoteAddress;
    principal = builder.principal;
    sessionId = builder.sessionId;
    subprotocols = builder.subprotocols;
    subprotocol = builder.subprotocol;
    headers = builder.headers.toArray(new String[0]);
    cookies = builder.cookies;
    parameters = builder.parameters;
    attributes = Map.copyOf(builder.attributes);
  }

  /** The path of the request, as it was sent, with the context path. */
  public String path() {
    return path;
  }

  /**
   * What follows in the path after what the servlet is mapped to, decoded by the container: for a
   * {@link PathTemplate}. Of a servlet mapped to {@code /chat/*} it is {@code /rooms/a b} in {@code
   * /app/chat/rooms/a%20b}. Empty if nothing follows, as for a mapping without {@code *}.
   */
  public String pathInfo() {
    return pathInfo;
  }

  /** What stands after the question mark, undecoded. */
  public Optional<String> query() {
    return Optional.ofNullable(query);
  }

  /** The first value of a parameter of the query. */
  public Optional<String> parameter(String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The parameters of the query, decoded by the container. */
  public Map<String, List<String>> parameters() {
    return parameters;
  }

  /** The first value of a header; names are compared without regard to case. */
  public Optional<String> header(String name) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return Optional.of(headers[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** All values of a header, in the order of the request. */
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        values.add(headers[i + 1]);
      }
    }
    return List.copyOf(values);
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  /** The user that is signed in, according to the container or a {@link Guard}. */
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /** The id of the HTTP session that existed when the request came; none is made. */
  public Optional<String> sessionId() {
    return Optional.ofNullable(sessionId);
  }

  /**
   * The address and port of the peer, or of the last proxy, never resolved to a name. Of a peer
   * that has none, such as one on a Unix domain socket, the address is empty and the port 0.
   */
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** The origin of the page that opened the connection, as a browser sends it (section 10.2). */
  public Optional<String> origin() {
    return header("Origin");
  }

  /** Whether the request came over TLS, as the container says. */
  public boolean isSecure() {
    return secure;
  }

  /** The subprotocols the client offers, in its order of preference (section 4.1). */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /**
   * The subprotocol that will be agreed on unless the application answers with another: the first
   * of {@link WebSocketConfig#subprotocols} that the client offers.
   */
  public Optional<String> subprotocol() {
    return Optional.ofNullable(subprotocol);
  }

  /** A value that was taken from the live request, see {@link Builder#attribute}. */
  public <T> Optional<T> attribute(Attribute<T> key) {
    return Optional.ofNullable(key.type().cast(attributes.get(key.name())));
  }

  /** All values that were taken from the live request, by name. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** The same handshake with another user signed in. */
  public Handshake withPrincipal(Principal value) {
    return toBuilder().principal(value).build();
  }

  /** A builder that holds what this does. */
  public Builder toBuilder() {
    Builder builder = new Builder(path);
    builder.pathInfo = pathInfo;
    builder.query = query;
    builder.secure = secure;
    builder.remoteAddress = remoteAddress;
    builder.principal = principal;
    builder.sessionId = sessionId;
    builder.subprotocols = subprotocols;
    builder.subprotocol = subprotocol;
    builder.headers.addAll(List.of(headers));
    builder.cookies = cookies;
    builder.parameters = parameters;
    builder.attributes.putAll(attributes);
    return builder;
  }

  /** The path and the peer, for a line of a log, and nothing that may hold a secret. */
  @Override
  public String toString() {
    String shown = OneLine.ofPath(PATH_PARAMETERS.matcher(path).replaceAll(""));
    return shown + " from " + OneLine.of(peer());
  }

  /** A peer on a Unix domain socket, for one, has no address. */
  private String peer() {
    String host = remoteAddress.getHostString();
    return host.isEmpty() ? "a peer without address" : host;
  }

  /** Collects what a handshake holds; for carriers of {@link WebSocket} and for tests. */
  public static final class Builder {
    private final String path;
    private String pathInfo = "";
    private @Nullable String query;
    private boolean secure;
    private InetSocketAddress remoteAddress = InetSocketAddress.createUnresolved("localhost", 0);
    private @Nullable Principal principal;
    private @Nullable String sessionId;
    private List<String> subprotocols = List.of();
    private @Nullable String subprotocol;
    private final List<String> headers = new ArrayList<>();
    private Map<String, String> cookies = Map.of();
    private Map<String, List<String>> parameters = Map.of();
    private final Map<String, Object> attributes = new HashMap<>();

    /** A handshake for a path. */
    public Builder(String path) {
      this.path = path;
    }

    /** Sets {@link Handshake#pathInfo}. */
    public Builder pathInfo(String value) {
      pathInfo = value;
      return this;
    }

    /** Sets {@link Handshake#query}. */
    public Builder query(@Nullable String value) {
      query = value;
      return this;
    }

    /** Sets {@link Handshake#isSecure}. */
    public Builder secure(boolean value) {
      secure = value;
      return this;
    }

    /** Sets {@link Handshake#remoteAddress}. */
    public Builder remoteAddress(InetSocketAddress value) {
      remoteAddress = value;
      return this;
    }

    /** Sets {@link Handshake#principal}. */
    public Builder principal(@Nullable Principal value) {
      principal = value;
      return this;
    }

    /** Sets {@link Handshake#sessionId}. */
    public Builder sessionId(@Nullable String value) {
      sessionId = value;
      return this;
    }

    /** Sets {@link Handshake#subprotocols}. */
    public Builder subprotocols(List<String> value) {
      subprotocols = List.copyOf(value);
      return this;
    }

    /** Sets {@link Handshake#subprotocol}. */
    public Builder subprotocol(@Nullable String value) {
      subprotocol = value;
      return this;
    }

    /**
     * Keeps a value of the live request, such as a tenant, a locale or a bean: guards and the
     * application find it in {@link Handshake#attribute}, and it is among {@link
     * WebSocket#attributes} from the start.
     */
    public <T> Builder attribute(Attribute<T> key, T value) {
      attributes.put(key.name(), key.type().cast(value));
      return this;
    }

    /** Adds a header. */
    public Builder header(String name, String value) {
      headers.add(name);
      headers.add(value);
      return this;
    }

    /** Sets the cookies. */
    public Builder cookies(Map<String, String> value) {
      cookies = Map.copyOf(value);
      return this;
    }

    /** Sets {@link Handshake#parameters}. */
    public Builder parameters(Map<String, List<String>> value) {
      Map<String, List<String>> copy = new HashMap<>();
      value.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      parameters = Map.copyOf(copy);
      return this;
    }

    /** The handshake. */
    public Handshake build() {
      return new Handshake(this);
    }
  }
}
