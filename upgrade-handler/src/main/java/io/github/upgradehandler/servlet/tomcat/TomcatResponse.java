package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Ends a response of Tomcat (seen on 10.1.59) whose client does not read. {@code
 * AsyncContext.complete()} first writes what is left, and with NIO2 fails, since its last write is
 * still under way ({@code WritePendingException}, in the log as an error). What Tomcat does itself
 * when writing has failed waits for nothing: it calls the listeners and ends TCP.
 */
final class TomcatResponse {

  /** The field of an output that has its buffer. */
  static final String BUFFER = "ob";

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "responses cannot be ended at once", Names::in);

  private TomcatResponse() {}

  /** Whether the response was ended; false if it cannot be reached. */
  static boolean cut(ServletOutputStream out) {
    return Boolean.TRUE.equals(INTERNALS.reach(out, names -> names.cut(out)));
  }

  /** Tomcat's names. */
  private record Names(Field buffer, Field response, Method action, Object closeNow) {

    static Names in(Class<?> type) throws ReflectiveOperationException {
      Field buffer = ContainerInternals.field(type, BUFFER);
      Field response = ContainerInternals.field(buffer.getType(), "coyoteResponse");
      Class<?> code =
          Class.forName("org.apache.coyote.ActionCode", true, response.getType().getClassLoader());
      return new Names(
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
