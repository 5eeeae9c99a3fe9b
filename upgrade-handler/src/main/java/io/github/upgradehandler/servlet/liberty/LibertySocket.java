package io.github.upgradehandler.servlet.liberty;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Open Liberty (seen on 26.0.0.3) needs beyond the servlet API, which offers no way to do it.
 *
 * <ul>
 *   <li>{@code flush} waits until the peer has taken everything ({@code
 *       UpgradeOutputByteBufferUtil.flushUpgradedOutputBuffers}), with a lock held that closing
 *       needs. Its own close has a way to flush that does not wait: {@link #flush} takes it.
 *   <li>{@code WebConnection.close()} has the HTTP channel go on with the next request unless there
 *       was an error ({@code HttpInboundLink.close}), and TCP stays open: {@link
 *       #endInsteadOfReuse} says that there was one.
 *   <li>It is put off until what was written is sent, and for a peer that does not read that is
 *       never: {@link #end} closes the socket.
 *   <li>Frames that come with the request are noted in the connection's state, and the stream hands
 *       them out, then reads once too often ({@code UpgradeInputByteBufferUtil.initialRead}), over
 *       TLS with an exception: {@link #takeCameWithRequest} is before it.
 * </ul>
 */
final class LibertySocket {

  /** The class of its web connections. */
  static final String CONNECTION = "com.ibm.ws.webcontainer31.upgrade.UpgradedWebConnectionImpl";

  private static final String LACK =
      "this Open Liberty does not let its sockets be reached: connections stay open after they are"
          + " closed, and sending to a peer that does not read may wait";

  private static final String CAME_WITH_REQUEST = "NotUpgradedUnreadData";

  private static final ContainerInternals<OutputNames> OUTPUT =
      new ContainerInternals<>(Level.WARNING, LACK, OutputNames::in);
  private static final ContainerInternals<ConnectionNames> CONNECTIONS =
      new ContainerInternals<>(Level.WARNING, LACK, ConnectionNames::in);

  private final WebConnection container;
  private final ServletOutputStream out;
  private final Object buffers;
  private final OutputNames output;
  private final ConnectionNames connection;

  private LibertySocket(
      WebConnection container,
      ServletOutputStream out,
      OutputNames output,
      ConnectionNames connection)
      throws ReflectiveOperationException {
    this.container = container;
    this.out = out;
    this.output = output;
    this.connection = connection;
    buffers = output.buffers.invoke(out);
  }

  /** The socket of an upgraded connection; null if it cannot be reached. */
  static @Nullable LibertySocket of(WebConnection container, ServletOutputStream out) {
    ConnectionNames connection = CONNECTIONS.names(container);
    return connection == null
        ? null
        : OUTPUT.reach(out, output -> new LibertySocket(container, out, output, connection));
  }

  /** What came after the request; to be called before the stream has a listener. */
  byte[] takeCameWithRequest() throws IOException {
    try {
      Object unread = connection.stateOf(container).remove(CAME_WITH_REQUEST);
      if (unread == null) {
        return new byte[0];
      }
      Class<?> type =
          Class.forName(
              "com.ibm.wsspi.bytebuffer.WsByteBuffer",
              false,
              container.getClass().getClassLoader());
      byte[] bytes = new byte[(int) type.getMethod("remaining").invoke(unread)];
      type.getMethod("get", byte[].class).invoke(unread, (Object) bytes);
      type.getMethod("release").invoke(unread);
      return bytes;
    } catch (ReflectiveOperationException e) {
      throw new IOException("what came with the request cannot be read", e);
    }
  }

  /** Sends on what was written; if that takes time, the stream is not ready until it is done. */
  void flush() throws IOException {
    // What completes a flush on another thread takes the same lock.
    synchronized (out) {
      ContainerInternals.callForIo(output.closing, buffers, true);
      ContainerInternals.callForIo(output.flush, buffers);
      if ((boolean) ContainerInternals.callForIo(output.isReady, buffers)) {
        ContainerInternals.callForIo(output.closing, buffers, false);
      }
    }
  }

  /** To be called before the web connection is closed. */
  void endInsteadOfReuse() {
    try {
      connection.closeException.set(container, new IOException("WebSocket closed"));
    } catch (IllegalAccessException e) {
      throw new AssertionError("a field made accessible", e);
    }
  }

  /** Ends TCP if closing the web connection was put off. */
  void end() {
    try {
      if (!(boolean) output.isClosed.invoke(buffers)) {
        connection.end(container);
      }
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.DEBUG, "ending a socket", e);
    }
  }

  /** Liberty's names of an output stream and of the buffers that it writes to. */
  private record OutputNames(
      Method buffers, Method closing, Method flush, Method isReady, Method isClosed) {

    static OutputNames in(Class<?> stream) throws ReflectiveOperationException {
      Method buffers = stream.getMethod("getBufferHelper");
      Class<?> type = buffers.getReturnType();
      Method flush = type.getDeclaredMethod("flushAsyncUpgradedOutputBuffers");
      flush.setAccessible(true);
      return new OutputNames(
          buffers,
          type.getMethod("set_asyncFlushCalledFromCloseWork", boolean.class),
          flush,
          type.getMethod("isInternalReady"),
          type.getMethod("isOutputStream_closed"));
    }
  }

  /** Liberty's names of a web connection and of what is below it. */
  private record ConnectionNames(
      Field closeException, Method virtual, Method state, Method link, Method close) {

    static ConnectionNames in(Class<?> container) throws ReflectiveOperationException {
      Method virtual = container.getMethod("getVirtualConnection");
      Method link = container.getMethod("getDeviceConnLink");
      return new ConnectionNames(
          ContainerInternals.field(container, "closeUpgradeException"),
          virtual,
          virtual.getReturnType().getMethod("getStateMap"),
          link,
          link.getReturnType().getMethod("close", virtual.getReturnType(), Exception.class));
    }

    Map<?, ?> stateOf(WebConnection container) throws ReflectiveOperationException {
      return (Map<?, ?>) state.invoke(virtual.invoke(container));
    }

    void end(WebConnection container) throws ReflectiveOperationException {
      close.invoke(
          link.invoke(container), virtual.invoke(container), new IOException("WebSocket closed"));
    }
  }
}
