package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channel below the stream of a response of Undertow (seen on 2.3.26). {@code
 * ServletOutputStreamImpl.flush} does not look whether the channel has sent on all, of which TLS
 * may keep some until something is written again.
 */
final class UndertowResponse {

  private static final Map<Class<?>, Optional<Access>> KNOWN = new ConcurrentHashMap<>();

  private UndertowResponse() {}

  /**
   * Has the channel send on what it keeps; on the I/O thread.
   *
   * @return whether it has; else the stream's listener is called when it can send more
   */
  static boolean flush(ServletOutputStream out) throws IOException {
    Access access = KNOWN.computeIfAbsent(out.getClass(), UndertowResponse::accessTo).orElse(null);
    if (access == null) {
      return true;
    }
    try {
      Object channel = access.channel.get(out);
      if (channel == null || (boolean) access.flush.invoke(channel)) {
        return true;
      }
      access.resumeWrites.invoke(channel);
      return false;
    } catch (InvocationTargetException e) {
      throw new IOException("flushing", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("public methods of XNIO", e);
    }
  }

  private static Optional<Access> accessTo(Class<?> stream) {
    try {
      Field channel = stream.getDeclaredField("channel");
      channel.setAccessible(true);
      Class<?> type = channel.getType();
      return Optional.of(
          new Access(channel, type.getMethod("flush"), type.getMethod("resumeWrites")));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(Level.DEBUG, "this Undertow does not let its responses be reached", e);
      return Optional.empty();
    }
  }

  /** XNIO's names. */
  private record Access(Field channel, Method flush, Method resumeWrites) {}
}
