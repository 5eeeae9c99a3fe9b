package io.github.upgradehandler.servlet.tomcat;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletInputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat 10.1 and 11 (seen on 10.1.59 and 11.0.24) need beyond the servlet API, which offers
 * no way to do it.
 *
 * <ul>
 *   <li>{@code WebConnection.close()} only marks the streams: TCP ends after the next event of the
 *       socket, which for a peer that is silent or gone never comes. {@link #end} makes one.
 *   <li>Before it calls a listener Tomcat itself reads from the socket, guarded by the socket's
 *       lock alone. A thread that is not Tomcat's has to hold it too ({@link #lock}) to read, or
 *       bytes get lost and doubled.
 *   <li>With NIO2 ({@code Nio2SocketWrapper}) setting a listener begins a read, and until that has
 *       brought more Tomcat says that nothing can be read: so not what came with the request
 *       either, which it has kept. {@link #hasEarlyData} tells of that.
 *   <li>With NIO2, too, what a callback leaves is kept back until more comes: {@link #calledBack}.
 *   <li>A read of NIO2 that brings nothing, as records of TLS may that carry no data, begins
 *       another, but Tomcat says still that something can be read: a second one fails, and spoils
 *       the thread it fails on ({@code Nio2Endpoint.endInline} is not reached), on which other
 *       connections' events get lost from then on. So no thread reads until it has called, see
 *       {@link #isCompleting}; and since it may call once too often, {@link #readHasFailed} mends
 *       the thread.
 * </ul>
 */
final class TomcatSocket {

  /** The class of its input streams. */
  static final String STREAM = "org.apache.coyote.http11.upgrade.UpgradeServletInputStream";

  /** How the names of the channels of its NIO2 connector end. */
  private static final String COMPLETING_CHANNEL = "Nio2Channel";

  private static final String COMPLETING_ENDPOINT = "org.apache.tomcat.util.net.Nio2Endpoint";

  /** A channel of its NIO connector without TLS. */
  private static final String PLAIN_CHANNEL = "org.apache.tomcat.util.net.NioChannel";

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(
          Level.WARNING,
          "this Tomcat does not let its sockets be reached: connections of peers that are gone may"
              + " stay open",
          Names::in);

  private final Names names;
  private final Object socket;
  private final Lock lock;
  private final boolean levelTriggered;
  private final boolean completing;
  private final @Nullable CompletingReads reads;

  private TomcatSocket(Names names, Object socket) throws ReflectiveOperationException {
    this.names = names;
    this.socket = socket;
    lock = (Lock) names.lock.invoke(socket);
    String channel = names.channel.invoke(socket).getClass().getName();
    levelTriggered = channel.equals(PLAIN_CHANNEL);
    completing = channel.endsWith(COMPLETING_CHANNEL);
    reads = completing ? CompletingReads.of(socket) : null;
  }

  /** The socket of an upgraded connection; null if it cannot be reached. */
  static @Nullable TomcatSocket of(ServletInputStream in) {
    return INTERNALS.reach(in, names -> new TomcatSocket(names, names.socket.get(in)));
  }

  /** To be held by the thread that reads; one in a callback of this connection holds it already. */
  Lock lock() {
    return lock;
  }

  /**
   * Whether a listener is called again for what is left in the socket, asked for or not: after
   * every call Tomcat puts the socket back to its poller. TLS may have taken it from there already.
   */
  boolean isLevelTriggered() {
    return levelTriggered;
  }

  /** Whether it reads for itself after a read that brought nothing, and calls when it has read. */
  boolean isCompleting() {
    return completing;
  }

  /** Whether there is something that no listener would be called for; before one is set. */
  boolean hasEarlyData() {
    return completing && hasUnread();
  }

  /** A callback is over: what it has left stays there to be read, see {@link CompletingReads}. */
  void calledBack() {
    if (reads != null && hasUnread()) {
      reads.keepUnread();
    }
  }

  private boolean hasUnread() {
    try {
      return !(boolean) names.isEmpty.invoke(names.buffers.invoke(socket));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public method of Tomcat", e);
    }
  }

  /**
   * A read has failed since Tomcat's own is under way: this thread is freed of the mark that says
   * it is inside of a read, under which Tomcat tells no listener of what completes.
   */
  void readHasFailed() {
    try {
      names.endInline.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public method of Tomcat", e);
    }
  }

  /** Ends TCP, once the streams are closed. */
  void end() {
    if (lock instanceof ReentrantLock held && held.isHeldByCurrentThread()) {
      return; // this is the next event
    }
    try {
      names.process.invoke(socket, names.stop, true);
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.DEBUG, "ending a socket", e);
    }
  }

  /** The field of an input stream that has the socket. */
  static Field field(Class<?> in) throws ReflectiveOperationException {
    return ContainerInternals.field(in, "socketWrapper");
  }

  /** Tomcat's names. */
  private record Names(
      Field socket,
      Method lock,
      Method channel,
      Method buffers,
      Method isEmpty,
      Method process,
      Object stop,
      Method endInline) {

    static Names in(Class<?> in) throws ReflectiveOperationException {
      Field socket = field(in);
      Class<?> type = socket.getType();
      Class<?> event =
          Class.forName("org.apache.tomcat.util.net.SocketEvent", true, type.getClassLoader());
      Method buffers = type.getMethod("getSocketBufferHandler");
      return new Names(
          socket,
          type.getMethod("getLock"),
          type.getMethod("getSocket"),
          buffers,
          buffers.getReturnType().getMethod("isReadBufferEmpty"),
          type.getMethod("processSocket", event, boolean.class),
          event.getField("STOP").get(null),
          Class.forName(COMPLETING_ENDPOINT, true, type.getClassLoader()).getMethod("endInline"));
    }
  }
}
