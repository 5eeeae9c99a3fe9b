package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How Tomcat's NIO2 connector reads ({@code Nio2SocketWrapper}, seen on 10.1.59 and 11.0.24). When
 * a callback is over it begins the next read, unless what a read has brought has been told of and
 * is not taken yet. What it has read while it was asked whether there is something counts as not
 * told of: if the callback leaves it, since reading is held back or another thread reads, the next
 * read goes behind it into the same buffer, and until that has brought more nothing can be read.
 */
final class CompletingReads {

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(
          Level.WARNING,
          "this Tomcat does not let its reads be reached: with NIO2 what it has read may be kept"
              + " back until more comes",
          Names::in);

  private final Names names;
  private final Object socket;

  private CompletingReads(Names names, Object socket) {
    this.names = names;
    this.socket = socket;
  }

  /** Those of a socket; null if they cannot be reached. */
  static @Nullable CompletingReads of(Object socket) {
    return INTERNALS.reach(socket, names -> new CompletingReads(names, socket));
  }

  /** At the end of a callback, when something is in the buffer: it counts as told of. */
  void keepUnread() {
    try {
      Semaphore reading = (Semaphore) names.pending.get(socket);
      synchronized (names.handler.get(socket)) {
        if (!names.notified.getBoolean(socket) && reading.tryAcquire()) {
          names.notified.setBoolean(socket, true);
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a field that has been made accessible", e);
    }
  }

  /**
   * Tomcat's names: the handler guards the mark, and who reads what it tells of gives the permit
   * back.
   */
  private record Names(Field handler, Field notified, Field pending) {

    static Names in(Class<?> wrapper) throws ReflectiveOperationException {
      return new Names(
          ContainerInternals.field(wrapper, "readCompletionHandler"),
          ContainerInternals.field(wrapper, "readNotify"),
          ContainerInternals.field(wrapper.getSuperclass(), "readPending"));
    }
  }
}
