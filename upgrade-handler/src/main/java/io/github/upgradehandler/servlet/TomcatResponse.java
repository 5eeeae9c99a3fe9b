package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends a response of Tomcat (seen on 10.1.59) whose client does not read. {@code
 * AsyncContext.complete()} first writes what is left, and with NIO2 fails, since its last write is
 * still under way ({@code WritePendingException}, in the log as an error). What Tomcat does itself
 * when writing has failed waits for nothing: it calls the listeners and ends TCP.
 */
final class TomcatResponse {

  private static final Map<Class<?>, Optional<Access>> KNOWN = new ConcurrentHashMap<>();

  private TomcatResponse() {}

  /** Whether the response was ended; false if it cannot be reached. */
  static boolean cut(ServletOutputStream out) {
    Access access = KNOWN.computeIfAbsent(out.getClass(), TomcatResponse::accessTo).orElse(null);
    try {
      return access != null && access.cut(out);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "ending a response", e);
      return false;
    }
  }

  private static Optional<Access> accessTo(Class<?> type) {
    try {
      return Optional.of(Access.to(type));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "reaching a response", e);
      return Optional.empty();
    }
  }

  /** Tomcat's names. */
  private record Access(Field buffer, Field response, Method action, Object closeNow) {

    static Access to(Class<?> type) throws ReflectiveOperationException {
      Field buffer = type.getDeclaredField("ob");
      buffer.setAccessible(true);
      Field response = buffer.getType().getDeclaredField("coyoteResponse");
      response.setAccessible(true);
      Class<?> code =
          Class.forName("org.apache.coyote.ActionCode", true, response.getType().getClassLoader());
      return new Access(
          buffer,
          response,
          response.getType().getMethod("action", code, Object.class),
          code.getField("CLOSE_NOW").get(null));
    }

    boolean cut(ServletOutputStream out) throws ReflectiveOperationException {
      Object held = buffer.get(out);
      Object reached = held == null ? null : response.get(held);
      if (reached == null) {
        return false; // Tomcat has taken it back
      }
      action.invoke(reached, closeNow, new IOException("the client does not read"));
      return true;
    }
  }
}
