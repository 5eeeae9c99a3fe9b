package io.github.upgradehandler.servlet;

import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Whether an event stream gets through what stands before a servlet. A filter that does not let it
 * through is the usual fault of a deployment, and a stream that is opened all the same ends at once
 * and is asked for again for ever.
 */
final class StreamingCheck {

  private static final String FIXED_TEXT = "Event streams do not work here: see the server's log";

  private final String servlet;
  private final HttpServletRequest request;

  StreamingCheck(String servlet, HttpServletRequest request) {
    this.servlet = servlet;
    this.request = request;
  }

  /**
   * The output for a stream.
   *
   * @throws HandshakeRefusedException if there is none; the reason is in the log
   */
  ContainerOutput output(HttpServletResponse response) throws IOException {
    if (!request.isAsyncSupported()) {
      throw refusal(asyncMissing());
    }
    ContainerOutput output;
    try {
      output = ContainerOutput.of(response);
    } catch (IllegalStateException e) {
      response.reset(); // a filter that has asked for the writer must not prevent the answer
      throw refusal("its response is written by a Writer already, by " + around(response));
    }
    if (!output.reachesContainer()) {
      throw refusal(
          "no WriteListener reaches the container through "
              + around(response)
              + " with "
              + output.outer().getClass().getName()
              + ": keep the filter that puts it there away from event streams");
    }
    return output;
  }

  /** To be thrown; why there can be no stream is for the log, and nothing for the client. */
  HandshakeRefusedException refusal(String reason) {
    return new HandshakeRefusedException(500, FIXED_TEXT)
        .withDetail("it cannot stream events: " + reason);
  }

  /** What is to be done where a request must not become asynchronous. */
  String asyncMissing() {
    String filters =
        request.getServletContext().getFilterRegistrations().values().stream()
            .filter(this::isInFront)
            .map(filter -> "'" + filter.getName() + "' (" + filter.getClassName() + ")")
            .sorted()
            .collect(Collectors.joining(", "));
    return "set async-supported, for the servlet"
        + (filters.isEmpty() ? "" : " and for each filter in front of it, which may be " + filters);
  }

  private boolean isInFront(FilterRegistration filter) {
    Collection<String> servlets = filter.getServletNameMappings();
    return servlets.contains(servlet)
        || servlets.contains("*")
        || filter.getUrlPatternMappings().stream().anyMatch(this::matches);
  }

  /** Servlet specification section 12.2. */
  private boolean matches(String pattern) {
    String path = request.getServletPath();
    if (request.getPathInfo() != null) {
      path += request.getPathInfo();
    }
    if (pattern.endsWith("/*")) {
      String folder = pattern.substring(0, pattern.length() - 2);
      return path.equals(folder) || path.startsWith(folder + "/");
    }
    return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
  }

  private static String around(HttpServletResponse response) {
    return response.getClass().getName();
  }
}
