package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.HandshakeRefusedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a refused or failed request with a fixed text. What was thrown is for the log and never
 * for the client; nor does the container get it, whose error pages may show it.
 */
final class Refusal {

  private static final String FAILURE = "The server failed to answer: see its log";

  /** RFC 9113 section 8.2.2: what HTTP/2 must not carry, in lower case. */
  private static final Set<String> OF_ONE_CONNECTION =
      Set.of("connection", "upgrade", "keep-alive", "proxy-connection", "transfer-encoding");

  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

  private static final String COMMITTED =
      "the response is committed already, perhaps by a filter in front of the servlet";

  private final String servlet;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Refusal(String servlet, HttpServletRequest request, HttpServletResponse response) {
    this.servlet = servlet;
    this.request = request;
    this.response = response;
  }

  /** The refusal of requests that come while the servlet goes out of service. */
  static HandshakeRefusedException shuttingDown() {
    return new HandshakeRefusedException(503, "The server shuts down", Map.of("Retry-After", "5"));
  }

  /** Something to be done with a request. */
  @FunctionalInterface
  interface Attempt {
    /** Does it, or throws what the request is refused with. */
    void make() throws Exception;
  }

  /** Makes an attempt, and answers the request if it throws. */
  void unless(Attempt attempt) {
    try {
      attempt.make();
    } catch (HandshakeRefusedException e) {
      answer(e);
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Answers an unexpected failure. */
  private void fail(Throwable thrown) {
    log(Level.ERROR, "failed", thrown);
    answer(new HandshakeRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, FAILURE));
  }

  /** Answers a request that was refused. */
  void answer(HandshakeRefusedException refusal) {
    if (response.isCommitted()) {
      log(Level.WARNING, "cannot be answered with " + refusal.status() + ": " + COMMITTED, null);
      return;
    }
    if (refusal.status() == HttpServletResponse.SC_EXPECTATION_FAILED) { // works with other servers
      log(Level.INFO, "is refused with 417: " + refusal.reason(), null);
    }
    try {
      write(refusal);
    } catch (IOException | RuntimeException e) { // mostly: the client is gone
      log(Level.DEBUG, "is not to be answered any more", e);
    }
  }

  /**
   * Whether a filter, or other code in front of the servlet, has answered already; logs it, since
   * the client then gets another answer than the one that it asked for.
   */
  boolean isAnswered() {
    if (response.isCommitted()) {
      log(Level.WARNING, "is not accepted: " + COMMITTED, null);
      return true;
    }
    // Some containers set it with sendError, and commit only when the error page is written.
    if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      log(
          Level.WARNING,
          "is not accepted: a filter in front of the servlet has sent an error",
          null);
      return true;
    }
    return false;
  }

  /** Logs that a handshake was accepted, and the answer was then changed. */
  void spoiled() {
    log(
        Level.WARNING,
        "opens no WebSocket: a filter in front of the servlet has failed, or has closed the response"
            + " or made its 101 something else after the servlet had returned",
        null);
  }

  private void write(HandshakeRefusedException refusal) throws IOException {
    withoutHandshake();
    response.setStatus(refusal.status());
    refusal
        .headers()
        .forEach(
            (name, value) -> {
              if (isHttp1() || !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                response.setHeader(name, value);
              }
            });
    if (refusal.status() == HttpServletResponse.SC_NOT_MODIFIED) {
      return;
    }
    byte[] body = (refusal.reason() + "\n").getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    ServletOutputStream out;
    try {
      out = response.getOutputStream();
    } catch (IllegalStateException e) { // a filter has asked for the writer
      response.getWriter().write(refusal.reason() + "\n");
      return;
    }
    out.write(body);
  }

  /**
   * Removes the headers of a 101, whatever has set them. The servlet API cannot remove a header.
   */
  private void withoutHandshake() {
    response.resetBuffer();
    Map<String, List<String>> others = new LinkedHashMap<>();
    boolean found = false;
    for (String name : response.getHeaderNames()) {
      if (isOfHandshake(name)) {
        found = true;
      } else {
        others.putIfAbsent(name, new ArrayList<>(response.getHeaders(name)));
      }
    }
    if (found) {
      response.reset();
      others.forEach(this::restore);
    }
  }

  private static boolean isOfHandshake(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return lowerCase.equals("upgrade")
        || lowerCase.equals("connection")
        || lowerCase.startsWith("sec-websocket-");
  }

  private void restore(String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i == 0) {
        response.setHeader(name, values.get(i));
      } else {
        response.addHeader(name, values.get(i));
      }
    }
  }

  private boolean isHttp1() {
    return request.getProtocol().startsWith("HTTP/1.");
  }

  private void log(Level level, String what, @Nullable Throwable thrown) {
    try {
      LOG.log(level, "servlet '" + servlet + "': a request for " + path() + ' ' + what, thrown);
    } catch (Throwable e) {
      // Where memory is short a logger fails too: the answer must be sent all the same.
    }
  }

  /** Without path parameters, which may be a session's id, and in one line. */
  private String path() {
    String rest = request.getPathInfo();
    String path = request.getContextPath() + request.getServletPath() + (rest == null ? "" : rest);
    return CONTROL_CHARACTERS.matcher(path).replaceAll("?");
  }
}
