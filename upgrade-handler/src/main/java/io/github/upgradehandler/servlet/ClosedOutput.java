package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody else has closed the output of an asynchronous response, say a filter after the
 * servlet. Tomcat (seen on 10.1.59) drops without a word whatever is written afterwards, and
 * Undertow (2.3.26) never reports again, so neither client nor server would ever end the request;
 * the servlet API has no way to ask.
 */
final class ClosedOutput {

  private static final Map<Class<?>, Optional<Access>> KNOWN = new ConcurrentHashMap<>();

  private ClosedOutput() {}

  /** False also if this container does not tell. */
  static boolean is(ServletOutputStream out) {
    Access access = KNOWN.computeIfAbsent(out.getClass(), ClosedOutput::accessTo).orElse(null);
    try {
      return access != null && access.isClosed(out);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "asking an output", e);
      return false;
    }
  }

  private static Optional<Access> accessTo(Class<?> type) {
    try {
      return Access.to(type);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "asking an output", e);
      return Optional.empty();
    }
  }

  /**
   * The container's names.
   *
   * @param buffer what an output has that can be asked; null for the output itself
   */
  private record Access(@Nullable Field buffer, Method isClosed) {

    static Optional<Access> to(Class<?> type) throws ReflectiveOperationException {
      switch (type.getName()) {
        case "org.apache.catalina.connector.CoyoteOutputStream" -> {
          Field buffer = type.getDeclaredField("ob");
          buffer.setAccessible(true);
          return Optional.of(new Access(buffer, buffer.getType().getMethod("isClosed")));
        }
        case "io.undertow.servlet.spec.ServletOutputStreamImpl" -> {
          return Optional.of(new Access(null, type.getMethod("isClosed")));
        }
        default -> {
          return Optional.empty();
        }
      }
    }

    boolean isClosed(ServletOutputStream out) throws ReflectiveOperationException {
      Object asked = buffer == null ? out : buffer.get(out);
      return asked != null && (boolean) isClosed.invoke(asked);
    }
  }
}
