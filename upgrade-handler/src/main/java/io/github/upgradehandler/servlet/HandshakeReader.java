package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.Handshake;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a request what is still needed when the request is gone. What a container cannot read,
 * such as a cookie with bytes beyond ASCII or a parameter with a bad escape, is read by {@link
 * RawPairs} instead: the application may not even use it.
 */
final class HandshakeReader {

  private static final int HIGHEST_PORT = 65_535;

  private HandshakeReader() {}

  /**
   * Reads a request.
   *
   * @param session what {@link #session} gave
   */
  static Handshake.Builder read(
      HttpServletRequest request, @Nullable HttpSession session, List<String> subprotocols) {
    Handshake.Builder snapshot =
        new Handshake.Builder(request.getRequestURI())
            .pathInfo(Objects.requireNonNullElse(request.getPathInfo(), ""))
            .query(request.getQueryString())
            .secure(request.isSecure())
            .remoteAddress(remoteAddress(request))
            .principal(request.getUserPrincipal())
            .sessionId(sessionId(session))
            .subprotocols(subprotocols)
            .cookies(cookies(request))
            .parameters(
                readOr(
                    () -> parameters(request.getParameterMap()),
                    () -> RawPairs.parameters(request.getQueryString())));
    for (String name : Collections.list(request.getHeaderNames())) {
      Collections.list(request.getHeaders(name)).forEach(value -> snapshot.header(name, value));
    }
    return snapshot;
  }

  /** The session that there is; none is made. */
  static @Nullable HttpSession session(HttpServletRequest request) {
    return readOr(() -> request.getSession(false), () -> null);
  }

  /** None of one that has ended just now. */
  private static @Nullable String sessionId(@Nullable HttpSession session) {
    return session == null ? null : readOr(session::getId, () -> null);
  }

  /** A peer on a Unix domain socket has neither, which containers say in different ways. */
  static InetSocketAddress remoteAddress(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    int port = request.getRemotePort();
    return InetSocketAddress.createUnresolved(
        address == null ? "" : address, 0 <= port && port <= HIGHEST_PORT ? port : 0);
  }

  private static <T extends @Nullable Object> T readOr(
      Supplier<T> container, Supplier<T> otherwise) {
    try {
      return container.get();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "reading a request", e);
      return otherwise.get();
    }
  }

  /** Some containers, having failed to read one, say the next time that there are none. */
  private static Map<String, String> cookies(HttpServletRequest request) {
    Map<String, String> values = new HashMap<>();
    Cookie @Nullable [] cookies = readOr(request::getCookies, () -> null);
    if (cookies == null || cookies.length == 0) {
      return RawPairs.cookies(Collections.list(request.getHeaders("Cookie")));
    }
    for (Cookie cookie : cookies) {
      values.putIfAbsent(cookie.getName(), cookie.getValue());
    }
    return values;
  }

  private static Map<String, List<String>> parameters(Map<String, String[]> parameters) {
    Map<String, List<String>> values = new HashMap<>();
    parameters.forEach((name, given) -> values.put(name, List.of(given)));
    return values;
  }
}
