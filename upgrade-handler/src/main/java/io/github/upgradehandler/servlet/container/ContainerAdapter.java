package io.github.upgradehandler.servlet.container;

import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.Set;

/**
 * What one container needs beyond the servlet API. Adapters are asked one after the other, each by
 * the container's own objects; one answers only if it knows the class of what it is given, and the
 * last one, {@link DefaultAdapter}, always. Implementations keep no state and are thread-safe.
 */
public interface ContainerAdapter {

  /** The names of the init-params that are for this container; each is true or false. */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * What would go wrong with the first connection, and what to do about it. Changes nothing.
   *
   * @param server what the container calls itself and its version
   */
  default Optional<String> startupFinding(String server, ServletContext context) {
    return Optional.empty();
  }

  /**
   * Listens for the stop of a server that ends its connections before it takes its servlets out of
   * service.
   *
   * @param stopping takes and gives nothing; made of the JDK's classes, and refers weakly to the
   *     web application, of which a server that never removes it keeps nothing
   * @return how to listen no more; empty if this is another server
   */
  default Optional<ServerStop.Cancellation> onServerStop(
      ServletContext context, MethodHandle stopping) throws ReflectiveOperationException {
    return Optional.empty();
  }

  /** The handover of a handshake, by the container's own request and response. */
  default Optional<Handover> handover(HttpServletRequest request, HttpServletResponse response) {
    return Optional.empty();
  }

  /** The streams of a connection that was upgraded; asked once for each. */
  default Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return Optional.empty();
  }

  /** The output of an event stream. */
  default Optional<ServletEventOutput> eventOutput(AsyncContext async, ContainerOutput body) {
    return Optional.empty();
  }

  /** How to say that a session is in use. */
  default Optional<SessionTouch> sessionTouch(HttpSession session) {
    return Optional.empty();
  }
}
