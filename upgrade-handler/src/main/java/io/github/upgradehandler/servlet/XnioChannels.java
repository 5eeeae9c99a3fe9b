package io.github.upgradehandler.servlet;

import jakarta.servlet.http.WebConnection;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The two channels of a socket below Undertow's streams (seen on Undertow 2.3.26 with XNIO 3.8.16).
 * XNIO calls a listener again and again while its channel is ready and not suspended.
 */
final class XnioChannels {

  /** What a channel uses when nothing is between it and the socket: no TLS, no time limit. */
  private static final String SOCKET = "org.xnio.nio.NioSocketConduit";

  private static final Map<Class<?>, Optional<Access>> KNOWN = new ConcurrentHashMap<>();

  private final Access access;
  private final Closeable connection;
  private final ReadableByteChannel source;
  private final WritableByteChannel sink;

  private XnioChannels(
      Access access, Closeable connection, ReadableByteChannel source, WritableByteChannel sink) {
    this.access = access;
    this.connection = connection;
    this.source = source;
    this.sink = sink;
  }

  /** The channels of an upgraded connection; null if they are not the socket's own. */
  static @Nullable XnioChannels of(WebConnection container) {
    return of(container, true);
  }

  /** Channels that something is between and the socket, such as TLS, which keeps data back. */
  static @Nullable XnioChannels keepingBack(WebConnection container) {
    return of(container, false);
  }

  private static @Nullable XnioChannels of(WebConnection container, boolean sockets) {
    Access access = access(container);
    if (access == null) {
      return null;
    }
    try {
      Object connection = access.connection.get(container);
      Object source = access.sourceChannel.invoke(connection);
      Object sink = access.sinkChannel.invoke(connection);
      boolean direct =
          isSocket(access.sourceConduit.invoke(source))
              && isSocket(access.sinkConduit.invoke(sink));
      return direct == sockets
          ? new XnioChannels(
              access,
              (Closeable) connection,
              (ReadableByteChannel) source,
              (WritableByteChannel) sink)
          : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "no channels", e);
      return null;
    }
  }

  /**
   * Ends TCP below the streams, which would first send what they have; on the connection's I/O
   * thread.
   *
   * @return false if the connection cannot be reached
   */
  static boolean end(WebConnection container) {
    Access access = access(container);
    if (access == null) {
      return false;
    }
    try {
      ((Closeable) access.connection.get(container)).close();
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "ending a connection", e);
    }
    return true;
  }

  ReadableByteChannel source() {
    return source;
  }

  WritableByteChannel sink() {
    return sink;
  }

  /** Who is called on the connection's I/O thread; both channels begin suspended. */
  void listen(Runnable readable, Runnable writable) {
    call(access.setReadListener, source, XnioListener.of(access.listener, readable));
    call(access.setWriteListener, sink, XnioListener.of(access.listener, writable));
  }

  /**
   * Has what is between the channel and the socket send what it keeps back.
   *
   * @return whether the socket took all
   */
  boolean flush() throws IOException {
    try {
      return (boolean) access.flush.invoke(sink);
    } catch (InvocationTargetException e) {
      throw new IOException("flushing", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("a public method of XNIO", e);
    }
  }

  void suspendReads() {
    call(access.suspendReads, source);
  }

  void resumeReads() {
    call(access.resumeReads, source);
  }

  void suspendWrites() {
    call(access.suspendWrites, sink);
  }

  void resumeWrites() {
    call(access.resumeWrites, sink);
  }

  /** Ends TCP; any thread may call it. */
  void close() throws IOException {
    connection.close();
  }

  private static boolean isSocket(Object conduit) {
    return conduit.getClass().getName().equals(SOCKET);
  }

  private static @Nullable Access access(WebConnection container) {
    return KNOWN.computeIfAbsent(container.getClass(), XnioChannels::accessTo).orElse(null);
  }

  private static Optional<Access> accessTo(Class<?> container) {
    try {
      return Optional.of(Access.to(container));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(Level.DEBUG, "this Undertow does not let its channels be reached", e);
      return Optional.empty();
    }
  }

  private static void call(Method method, Object target, Object... arguments) {
    try {
      method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the connection is closed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("a public method of XNIO", e);
    }
  }

  /** XNIO's names, which a web application cannot link to everywhere. */
  private record Access(
      Field connection,
      Method sourceChannel,
      Method sinkChannel,
      Method sourceConduit,
      Method sinkConduit,
      Class<?> listener,
      Method setReadListener,
      Method setWriteListener,
      Method suspendReads,
      Method resumeReads,
      Method suspendWrites,
      Method resumeWrites,
      Method flush) {

    static Access to(Class<?> container) throws ReflectiveOperationException {
      Field connection = container.getDeclaredField("channel");
      connection.setAccessible(true);
      Method sourceChannel = connection.getType().getMethod("getSourceChannel");
      Method sinkChannel = connection.getType().getMethod("getSinkChannel");
      Class<?> source = sourceChannel.getReturnType();
      Class<?> sink = sinkChannel.getReturnType();
      Class<?> listener = Class.forName(XnioListener.TYPE, true, source.getClassLoader());
      return new Access(
          connection,
          sourceChannel,
          sinkChannel,
          source.getMethod("getConduit"),
          sink.getMethod("getConduit"),
          listener,
          source.getMethod("setReadListener", listener),
          sink.getMethod("setWriteListener", listener),
          source.getMethod("suspendReads"),
          source.getMethod("resumeReads"),
          sink.getMethod("suspendWrites"),
          sink.getMethod("resumeWrites"),
          sink.getMethod("flush"));
    }
  }
}
