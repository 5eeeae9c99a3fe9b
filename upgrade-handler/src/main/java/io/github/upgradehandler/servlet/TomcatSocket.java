package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletInputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat 10.1 and 11 (seen on 10.1.59 and 11.0.24) need beyond the servlet API, which has no
 * words for it.
 *
 * <ul>
 *   <li>{@code WebConnection.close()} only marks the streams: TCP ends after the next event of the
 *       socket, which for a peer that is silent or gone never comes. {@link #end} makes one.
 *   <li>Before it calls a listener Tomcat itself reads from the socket, guarded by the socket's
 *       lock alone. A thread that is not Tomcat's has to hold it too ({@link #lock}) to read, or
 *       bytes get lost and doubled.
 * </ul>
 */
final class TomcatSocket {

  /** The class of its input streams. */
  static final String STREAM = "org.apache.coyote.http11.upgrade.UpgradeServletInputStream";

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Object socket;
  private final Lock lock;
  private final Method process;

  private TomcatSocket(Object socket, Lock lock, Method process) {
    this.socket = socket;
    this.lock = lock;
    this.process = process;
  }

  /** The socket of an upgraded connection; null if it cannot be reached. */
  static @Nullable TomcatSocket of(ServletInputStream in) {
    try {
      Field field = in.getClass().getDeclaredField("socketWrapper");
      field.setAccessible(true);
      Class<?> type = field.getType();
      Class<?> event =
          Class.forName("org.apache.tomcat.util.net.SocketEvent", true, type.getClassLoader());
      Object socket = field.get(in);
      return new TomcatSocket(
          socket,
          (Lock) type.getMethod("getLock").invoke(socket),
          type.getMethod("processSocket", event, boolean.class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        System.getLogger("io.github.upgradehandler")
            .log(
                Level.WARNING,
                "this Tomcat does not let its sockets be reached: connections of peers that are"
                    + " gone may stay open",
                e);
      }
      return null;
    }
  }

  /** To be held by who reads; a thread in a callback of this connection holds it already. */
  Lock lock() {
    return lock;
  }

  /** Ends TCP, once the streams are closed. */
  void end() {
    if (lock instanceof ReentrantLock held && held.isHeldByCurrentThread()) {
      return; // this is the next event
    }
    try {
      Object stop = process.getParameterTypes()[0].getField("STOP").get(null);
      process.invoke(socket, stop, true);
    } catch (ReflectiveOperationException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "ending a socket", e);
    }
  }
}
