package io.github.upgradehandler.servlet.container;

import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;

/** Uses the servlet API as it is written, and knows no container. */
public final class DefaultAdapter implements ContainerAdapter {

  /** Keeps no state. */
  public DefaultAdapter() {}

  @Override
  public Optional<Handover> handover(HttpServletRequest request, HttpServletResponse response) {
    return Optional.of(new Handover(request, response));
  }

  @Override
  public Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return Optional.of(new ContainerStreams(container, listener));
  }

  @Override
  public Optional<ServletEventOutput> eventOutput(AsyncContext async, ContainerOutput body) {
    return Optional.of(new ServletEventOutput(async, body, ClosedOutput.UNKNOWN));
  }

  /**
   * The servlet API has nothing for it; some containers restart the count when the interval is set.
   */
  @Override
  public Optional<SessionTouch> sessionTouch(HttpSession session) {
    return Optional.of(() -> session.setMaxInactiveInterval(session.getMaxInactiveInterval()));
  }
}
