package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Undertow's stream keeps of a write that the socket did not take at once (seen on 2.3.26 in
 * {@code UpgradeServletOutputStream}). Once the socket has failed that rest does harm: the stream
 * tries for ever to write it, on the I/O thread ({@code WriteChannelListener.handleEvent} goes on
 * after it has reported the error); and closing the connection tries once more, and logs with a
 * trace that it could not.
 */
final class UndertowRest {

  private static final Map<Class<?>, Optional<Field>> KNOWN = new ConcurrentHashMap<>();

  private UndertowRest() {}

  /**
   * Takes it away; on the I/O thread.
   *
   * @return whether nothing is left
   */
  static boolean drop(ServletOutputStream out) {
    Field field = KNOWN.computeIfAbsent(out.getClass(), UndertowRest::field).orElse(null);
    if (field == null) {
      return false;
    }
    try {
      // The stream looks at the buffer again, so that has to stay.
      if (field.get(out) instanceof ByteBuffer rest) {
        rest.position(rest.limit());
      }
      return true;
    } catch (IllegalAccessException e) {
      throw new AssertionError("a field made accessible", e);
    }
  }

  private static Optional<Field> field(Class<?> stream) {
    try {
      Field buffer = stream.getDeclaredField("buffer");
      buffer.setAccessible(true);
      return Optional.of(buffer);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(Level.DEBUG, "this Undertow does not let its buffers be reached", e);
      return Optional.empty();
    }
  }
}
