package io.github.upgradehandler.servlet.container;

import jakarta.servlet.ServletOutputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether other code, such as a filter after the servlet, has closed the output of an
 * asynchronous response. Some containers silently drop whatever is written afterwards, others never
 * report again, so neither client nor server would ever end the request; the servlet API has no way
 * to ask. Thread-safe.
 */
public final class ClosedOutput {

  /** For a container whose outputs do not show it. */
  public static final ClosedOutput UNKNOWN = new ClosedOutput(null);

  private final @Nullable ContainerInternals<Names> internals;

  private ClosedOutput(@Nullable ContainerInternals<Names> internals) {
    this.internals = internals;
  }

  /** For outputs with a public method {@code isClosed}. */
  public static ClosedOutput ofItself() {
    return by(type -> new Names(null, type.getMethod("isClosed")));
  }

  /** For outputs with a field whose value has a public method {@code isClosed}. */
  public static ClosedOutput ofField(String name) {
    return by(
        type -> {
          Field field = ContainerInternals.field(type, name);
          return new Names(field, field.getType().getMethod("isClosed"));
        });
  }

  private static ClosedOutput by(ContainerInternals.Lookup<Names> lookup) {
    return new ClosedOutput(
        new ContainerInternals<>(
            Level.DEBUG, "outputs cannot be asked if they are closed", lookup));
  }

  /** Whether the container's own output is closed; false also if the container does not show it. */
  boolean is(ServletOutputStream out) {
    Boolean closed = internals == null ? null : internals.reach(out, names -> names.isClosed(out));
    return closed != null && closed;
  }

  /**
   * The container's names.
   *
   * @param asked the field whose value is asked; null for the output itself
   */
  private record Names(@Nullable Field asked, Method isClosed) {

    boolean isClosed(ServletOutputStream out) throws ReflectiveOperationException {
      Object known = asked == null ? out : asked.get(out);
      return known != null && (boolean) isClosed.invoke(known);
    }
  }
}
