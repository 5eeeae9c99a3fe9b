package io.github.upgradehandler.socketio.internal.engine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** What a page of another origin needs to read an answer: CORS, Fetch Standard section 3.2. */
final class CrossOrigin {

  private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";

  private final List<String> allowed;

  /** Allows what the option {@code allowedOrigins} has. */
  CrossOrigin(List<String> allowed) {
    this.allowed = allowed;
  }

  /** Whether pages of other origins are let in at all. */
  boolean isOn() {
    return !allowed.isEmpty();
  }

  /** Lets the page read the answer, refusals too. */
  void allowReading(HttpServletRequest request, HttpServletResponse response) {
    if (!isOn()) {
      return;
    }
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return;
    }
    if (allowed.stream().anyMatch(entry -> names(entry, origin))) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
    } else if (allowed.contains("*")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
  }

  /** Answers what a browser asks first (section 3.2.2). */
  void allowAsking(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    if (response.getHeader("Access-Control-Allow-Origin") == null) {
      return;
    }
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    String asked = request.getHeader("Access-Control-Request-Headers");
    if (asked != null) {
      response.addHeader("Vary", "Access-Control-Request-Headers");
      response.setHeader("Access-Control-Allow-Headers", asked);
    }
  }

  /** Whether an entry is this origin, or has {@code *} for exactly one label of its host. */
  private static boolean names(String entry, String origin) {
    int label = entry.indexOf("://*.");
    if (label < 0) {
      return entry.equalsIgnoreCase(origin);
    }
    String start = entry.substring(0, label + 3);
    String end = entry.substring(label + 4);
    int length = origin.length() - start.length() - end.length();
    return length > 0
        && origin.regionMatches(true, 0, start, 0, start.length())
        && origin.regionMatches(true, origin.length() - end.length(), end, 0, end.length())
        && origin.indexOf('.', start.length()) == start.length() + length;
  }
}
