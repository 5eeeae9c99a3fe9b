package io.github.upgradehandler.servlet;

import io.github.upgradehandler.internal.protocol.OriginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser asks of a response before a page of another origin may read it: CORS, Fetch
 * Standard section 3.2.
 */
final class CrossOrigin {

  /** Browsers keep the answer for two hours at most. */
  private static final String MAX_AGE_SECONDS = "7200";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

  private CrossOrigin() {}

  /** Lets the page read the response if its origin is one of the policy's. */
  static void allowReading(
      OriginPolicy origins, HttpServletRequest request, HttpServletResponse response) {
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return;
    }
    if (origins.names(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
    } else if (origins.names("*")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
  }

  /** Answers what a browser asks first (section 3.2.2), if it does. The origin is let in. */
  static void allowAsking(
      String methods, HttpServletRequest request, HttpServletResponse response) {
    response.addHeader("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
    if (request.getHeader("Origin") == null
        || request.getHeader("Access-Control-Request-Method") == null) {
      return;
    }
    response.setHeader("Access-Control-Allow-Methods", methods);
    response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    List<String> headers = Collections.list(request.getHeaders("Access-Control-Request-Headers"));
    String asked =
        headers.stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::strip)
            .filter(name -> TOKEN.matcher(name).matches())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!asked.isEmpty()) {
      // By name: the wildcard covers neither Authorization nor requests with credentials.
      response.setHeader("Access-Control-Allow-Headers", asked);
    }
  }
}
