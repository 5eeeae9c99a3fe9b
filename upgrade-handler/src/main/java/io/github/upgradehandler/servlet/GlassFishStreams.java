package io.github.upgradehandler.servlet;

import io.github.upgradehandler.connection.Connection;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * GlassFish, and Payara, which is built on it (seen on Payara Micro 6.2025.10): closing the web
 * connection ends TCP when everything written is sent, and Grizzly below waits 30 s for a peer that
 * does not read. The servlet API has no way to end it at once.
 */
final class GlassFishStreams extends ContainerStreams {

  /** The class of its web connections. */
  static final String CONNECTION = "org.apache.catalina.connector.WebConnectionImpl";

  private final WebConnection container;

  GlassFishStreams(WebConnection container, Connection connection) throws IOException {
    super(container, connection);
    this.container = container;
  }

  @Override
  void close() {
    Object stalled = isStalled() ? socket() : null;
    super.close();
    if (stalled != null) {
      try {
        call(stalled, "terminateSilently");
      } catch (ReflectiveOperationException e) {
        log(e);
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
  private @Nullable Object socket() {
    try {
      Field request = container.getClass().getDeclaredField("request");
      request.setAccessible(true);
      Object grizzly = call(request.get(container), "getCoyoteRequest");
      return call(call(grizzly, "getContext"), "getConnection");
    } catch (ReflectiveOperationException | RuntimeException e) {
      log(e);
      return null;
    }
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static void log(Exception e) {
    System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "ending a socket", e);
  }
}
