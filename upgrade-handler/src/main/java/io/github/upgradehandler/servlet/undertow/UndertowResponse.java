package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The channel below the stream of a response of Undertow (seen on 2.3.26). {@code
 * ServletOutputStreamImpl.flush} does not check whether the channel has sent all, of which TLS may
 * keep some until something is written again.
 */
final class UndertowResponse {

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "channels of responses cannot be reached", Names::in);

  private UndertowResponse() {}

  /**
   * Has the channel send on what it keeps; on the I/O thread.
   *
   * @return whether it has; else the stream's listener is called when it can send more
   */
  static boolean flush(ServletOutputStream out) throws IOException {
    Names names = INTERNALS.names(out);
    if (names == null) {
      return true;
    }
    Object channel = names.channelOf(out);
    if (channel == null || (boolean) ContainerInternals.callForIo(names.flush, channel)) {
      return true;
    }
    ContainerInternals.callForIo(names.resumeWrites, channel);
    return false;
  }

  /** XNIO's names. */
  private record Names(Field channel, Method flush, Method resumeWrites) {

    static Names in(Class<?> stream) throws ReflectiveOperationException {
      Field channel = ContainerInternals.field(stream, "channel");
      Class<?> type = channel.getType();
      return new Names(channel, type.getMethod("flush"), type.getMethod("resumeWrites"));
    }

    @Nullable Object channelOf(ServletOutputStream out) {
      try {
        return channel.get(out);
      } catch (IllegalAccessException e) {
        throw new AssertionError("a field made accessible", e);
      }
    }
  }
}
