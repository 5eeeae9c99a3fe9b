package io.github.upgradehandler.servlet.undertow;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.http.WebConnection;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The two channels of a socket below Undertow's streams (seen on Undertow 2.3.26 with XNIO 3.8.16).
 * XNIO calls a listener again and again while its channel is ready and not suspended.
 */
final class XnioChannels {

  /** What a channel uses when nothing is between it and the socket: no TLS, no time limit. */
  private static final String SOCKET = "org.xnio.nio.NioSocketConduit";

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "channels of sockets cannot be reached", Names::in);

  private final Names names;
  private final Closeable connection;
  private final ReadableByteChannel source;
  private final WritableByteChannel sink;

  private XnioChannels(
      Names names, Closeable connection, ReadableByteChannel source, WritableByteChannel sink) {
    this.names = names;
    this.connection = connection;
    this.source = source;
    this.sink = sink;
  }

  /** The channels of an upgraded connection; null if they are not the socket's own. */
  static @Nullable XnioChannels of(WebConnection container) {
    return of(container, true);
  }

  /** The channels if something between them and the socket, such as TLS, keeps data back. */
  static @Nullable XnioChannels keepingBack(WebConnection container) {
    return of(container, false);
  }

  private static @Nullable XnioChannels of(WebConnection container, boolean sockets) {
    return INTERNALS.reach(
        container,
        names -> {
          Object source = names.source(container);
          Object sink = names.sink(container);
          return names.isDirect(source, sink) == sockets
              ? new XnioChannels(
                  names,
                  (Closeable) names.connection.get(container),
                  (ReadableByteChannel) source,
                  (WritableByteChannel) sink)
              : null;
        });
  }

  /**
   * Ends TCP below the streams, which would first send what they have; on the connection's I/O
   * thread.
   *
   * @return false if the connection cannot be reached
   */
  static boolean end(WebConnection container) {
    Names names = INTERNALS.names(container);
    if (names == null) {
      return false;
    }
    try {
      ((Closeable) names.connection.get(container)).close();
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "ending a connection", e);
    }
    return true;
  }

  ReadableByteChannel source() {
    return source;
  }

  WritableByteChannel sink() {
    return sink;
  }

  /** Sets what is called on the connection's I/O thread; both channels begin suspended. */
  void listen(Runnable readable, Runnable writable) {
    call(names.setReadListener, source, XnioListener.of(names.listener, readable));
    call(names.setWriteListener, sink, XnioListener.of(names.listener, writable));
  }

  /**
   * Has what is between the channel and the socket send what it keeps back.
   *
   * @return whether the socket took all
   */
  boolean flush() throws IOException {
    return (boolean) ContainerInternals.callForIo(names.flush, sink);
  }

  void suspendReads() {
    call(names.suspendReads, source);
  }

  void resumeReads() {
    call(names.resumeReads, source);
  }

  void suspendWrites() {
    call(names.suspendWrites, sink);
  }

  void resumeWrites() {
    call(names.resumeWrites, sink);
  }

  /** Ends TCP. Thread-safe. */
  void close() throws IOException {
    connection.close();
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
  private record Names(
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

    static Names in(Class<?> container) throws ReflectiveOperationException {
      Field connection = ContainerInternals.field(container, "channel");
      Method sourceChannel = connection.getType().getMethod("getSourceChannel");
      Method sinkChannel = connection.getType().getMethod("getSinkChannel");
      Class<?> source = sourceChannel.getReturnType();
      Class<?> sink = sinkChannel.getReturnType();
      Class<?> listener = Class.forName(XnioListener.TYPE, true, source.getClassLoader());
      return new Names(
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

    Object source(WebConnection container) throws ReflectiveOperationException {
      return sourceChannel.invoke(connection.get(container));
    }

    Object sink(WebConnection container) throws ReflectiveOperationException {
      return sinkChannel.invoke(connection.get(container));
    }

    /** Whether nothing is between the channels and the socket. */
    boolean isDirect(Object source, Object sink) throws ReflectiveOperationException {
      return isSocket(sourceConduit.invoke(source)) && isSocket(sinkConduit.invoke(sink));
    }

    private static boolean isSocket(Object conduit) {
      return conduit.getClass().getName().equals(SOCKET);
    }
  }
}
