package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Handshake;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes from a request what is still needed when the request is gone. */
final class HandshakeSnapshot {

  private HandshakeSnapshot() {}

  static Handshake.Builder of(HttpServletRequest request, List<String> subprotocols) {
    HttpSession session = request.getSession(false);
    Handshake.Builder snapshot =
        new Handshake.Builder(request.getRequestURI())
            .query(request.getQueryString())
            .secure(request.isSecure())
            .remoteAddress(
                InetSocketAddress.createUnresolved(
                    request.getRemoteAddr(), request.getRemotePort()))
            .principal(request.getUserPrincipal())
            .sessionId(session == null ? null : session.getId())
            .subprotocols(subprotocols)
            .cookies(cookies(request.getCookies()))
            .parameters(parameters(request.getParameterMap()));
    for (String name : Collections.list(request.getHeaderNames())) {
      Collections.list(request.getHeaders(name)).forEach(value -> snapshot.header(name, value));
    }
    return snapshot;
  }

  /** The servlet API gives null for none. */
  private static Map<String, String> cookies(Cookie @Nullable [] cookies) {
    Map<String, String> values = new HashMap<>();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        values.putIfAbsent(cookie.getName(), cookie.getValue());
      }
    }
    return values;
  }

  private static Map<String, List<String>> parameters(Map<String, String[]> parameters) {
    Map<String, List<String>> values = new HashMap<>();
    parameters.forEach((name, given) -> values.put(name, List.of(given)));
    return values;
  }
}
