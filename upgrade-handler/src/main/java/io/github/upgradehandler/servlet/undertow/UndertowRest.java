package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletOutputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What Undertow's stream keeps of a write that the socket did not take at once (seen on 2.3.26 in
 * {@code UpgradeServletOutputStream}). Once the socket has failed that rest does harm: the stream
 * tries for ever to write it, on the I/O thread ({@code WriteChannelListener.handleEvent} goes on
 * after it has reported the error); and closing the connection tries once more, and logs with a
 * trace that it could not.
 */
final class UndertowRest {

  private static final ContainerInternals<Field> INTERNALS =
      new ContainerInternals<>(
          Level.DEBUG,
          "buffers of streams cannot be reached",
          stream -> ContainerInternals.field(stream, "buffer"));

  private UndertowRest() {}

  /**
   * Takes it away; on the I/O thread.
   *
   * @return whether nothing is left
   */
  static boolean drop(ServletOutputStream out) {
    return Boolean.TRUE.equals(INTERNALS.reach(out, field -> drop(field.get(out))));
  }

  private static boolean drop(@Nullable Object buffer) {
    if (buffer instanceof ByteBuffer rest) {
      rest.position(rest.limit()); // the stream checks the buffer again, so it must stay
    }
    return true;
  }
}
