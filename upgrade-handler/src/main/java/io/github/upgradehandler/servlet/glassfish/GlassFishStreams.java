package io.github.upgradehandler.servlet.glassfish;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * GlassFish, and Payara, which is built on it (seen on GlassFish 7.0.21 and 8.0.0, and on Payara
 * Micro 6.2025.10): closing the web connection ends TCP when everything written is sent, and
 * Grizzly below waits 30 s for a peer that does not read. The servlet API has no way to end it at
 * once.
 */
final class GlassFishStreams extends ContainerStreams {

  /** The class of its web connections. */
  static final String CONNECTION = "org.apache.catalina.connector.WebConnectionImpl";

  private static final ContainerInternals<Field> INTERNALS =
      new ContainerInternals<>(
          Level.WARNING,
          "this GlassFish does not let its sockets be reached: ending a peer that does not read"
              + " takes 30 s more",
          connection -> ContainerInternals.field(connection, "request"));

  private final @Nullable Object socket;

  GlassFishStreams(WebConnection container, TransportListener listener) throws IOException {
    super(container, listener);
    socket = socket(container);
  }

  @Override
  public void close() {
    boolean stalled = isStalled();
    super.close();
    if (stalled && socket != null) {
      try {
        ContainerInternals.call(socket, "terminateSilently");
      } catch (ReflectiveOperationException e) {
        LOG.log(Level.DEBUG, "ending a socket", e);
      }
    }
  }

  private boolean isStalled() {
    try {
      return !isWritable();
    } catch (RuntimeException e) {
      return false; // no listener yet, so nothing was written
    }
  }

  /** Grizzly's connection; null if it cannot be reached. */
  private static @Nullable Object socket(WebConnection container) {
    return INTERNALS.reach(
        container,
        request ->
            ContainerInternals.call(
                ContainerInternals.call(grizzlyRequest(request.get(container)), "getContext"),
                "getConnection"));
  }

  private static Object grizzlyRequest(Object request) throws ReflectiveOperationException {
    try {
      return ContainerInternals.call(request, "getGrizzlyRequest");
    } catch (NoSuchMethodException e) {
      return ContainerInternals.call(
          request, "getCoyoteRequest"); // Payara has kept the earlier name
    }
  }
}
