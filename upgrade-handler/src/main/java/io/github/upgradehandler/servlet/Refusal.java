package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.log.LogKind;
import io.github.upgradehandler.internal.log.OneLine;
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

  private static final int LONGEST_REASON = 400;

  private static final String COMMITTED =
      "the response is committed already, perhaps by a filter in front of the servlet";

  private final EndpointLog log;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Refusal(EndpointLog log, HttpServletRequest request, HttpServletResponse response) {
    this.log = log;
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
    answer(
        new HandshakeRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, FAILURE),
        thrown);
  }

  /** Answers a request that was refused. */
  void answer(HandshakeRefusedException refusal) {
    answer(refusal, null);
  }

  private void answer(HandshakeRefusedException refusal, @Nullable Throwable thrown) {
    boolean committed = response.isCommitted();
    logAnswer(refusal, committed, thrown);
    if (committed) {
      return;
    }
    try {
      write(refusal);
    } catch (IOException | RuntimeException e) { // mostly: the client is gone
      LOG.log(Level.DEBUG, "a refusal cannot be sent", e);
    }
  }

  private void logAnswer(
      HandshakeRefusedException refusal, boolean committed, @Nullable Throwable thrown) {
    int status = refusal.status();
    LogKind kind =
        status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR
            ? LogKind.REQUEST_FAILED
            : committed ? LogKind.REQUEST_SPOILED : LogKind.REQUEST_REFUSED;
    String more = committed ? ", which the client is not told: " + COMMITTED : "";
    log.write(
        kind,
        "requests refused with " + status,
        () -> request() + (thrown == null ? refused(refusal) : " failed with " + status) + more,
        thrown);
  }

  private static String refused(HandshakeRefusedException refusal) {
    String text =
        " is refused with "
            + refusal.status()
            + ": "
            + OneLine.of(refusal.reason(), LONGEST_REASON);
    return refusal.detail().map(detail -> text + " (" + detail + ")").orElse(text);
  }

  /**
   * Whether a filter, or other code in front of the servlet, has answered already; logs it, since
   * the client then gets another answer than the one that it asked for.
   */
  boolean isAnswered() {
    if (response.isCommitted()) {
      spoiled("is not accepted: " + COMMITTED);
      return true;
    }
    // Some containers set it with sendError, and commit only when the error page is written.
    if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      spoiled("is not accepted: a filter in front of the servlet has sent an error");
      return true;
    }
    return false;
  }

  /** Logs that a handshake was accepted, and the answer was then changed. */
  void spoiled() {
    spoiled(
        "opens no WebSocket: a filter in front of the servlet has failed, or has closed the response"
            + " or made its 101 something else after the servlet had returned");
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
    String text = OneLine.of(refusal.reason()) + "\n";
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    ServletOutputStream out;
    try {
      out = response.getOutputStream();
    } catch (IllegalStateException e) { // a filter has asked for the writer
      response.getWriter().write(text);
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

  private void spoiled(String what) {
    log.write(LogKind.REQUEST_SPOILED, "requests spoiled by filters", () -> request() + ' ' + what);
  }

  private String request() {
    Handshake known =
        new Handshake.Builder(request.getRequestURI())
            .remoteAddress(HandshakeReader.remoteAddress(request))
            .build();
    return "a request for " + known;
  }
}
