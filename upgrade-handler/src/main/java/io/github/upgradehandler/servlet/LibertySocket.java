package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What Open Liberty (seen on 26.0.0.3) needs beyond the servlet API, which has no words for it.
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

  private static final String CAME_WITH_REQUEST = "NotUpgradedUnreadData";

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final WebConnection container;
  private final ServletOutputStream out;
  private final Object buffers;
  private final Method closing;
  private final Method flush;
  private final Method isReady;
  private final Method isClosed;
  private final Field closeException;

  private LibertySocket(WebConnection container, ServletOutputStream out)
      throws ReflectiveOperationException {
    this.container = container;
    this.out = out;
    buffers = out.getClass().getMethod("getBufferHelper").invoke(out);
    Class<?> type = buffers.getClass();
    closing = type.getMethod("set_asyncFlushCalledFromCloseWork", boolean.class);
    isReady = type.getMethod("isInternalReady");
    isClosed = type.getMethod("isOutputStream_closed");
    flush = type.getDeclaredMethod("flushAsyncUpgradedOutputBuffers");
    flush.setAccessible(true);
    closeException = container.getClass().getDeclaredField("closeUpgradeException");
    closeException.setAccessible(true);
  }

  /** The socket of an upgraded connection; null if it cannot be reached. */
  static @Nullable LibertySocket of(WebConnection container, ServletOutputStream out) {
    try {
      return new LibertySocket(container, out);
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        System.getLogger("io.github.upgradehandler")
            .log(
                Level.WARNING,
                "this Open Liberty does not let its sockets be reached: connections stay open"
                    + " after they are closed, and sending to a peer that does not read may wait",
                e);
      }
      return null;
    }
  }

  /** What came behind the request; to be called before the stream has a listener. */
  byte[] takeCameWithRequest() throws IOException {
    try {
      Method connection = container.getClass().getMethod("getVirtualConnection");
      Map<?, ?> state =
          (Map<?, ?>)
              connection
                  .getReturnType()
                  .getMethod("getStateMap")
                  .invoke(connection.invoke(container));
      Object unread = state.remove(CAME_WITH_REQUEST);
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
    try {
      // What completes a flush on another thread takes the same lock.
      synchronized (out) {
        closing.invoke(buffers, true);
        flush.invoke(buffers);
        if ((boolean) isReady.invoke(buffers)) {
          closing.invoke(buffers, false);
        }
      }
    } catch (InvocationTargetException e) {
      throw new IOException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // was accessible
    }
  }

  /** To be called before the web connection is closed. */
  void endInsteadOfReuse() {
    try {
      closeException.set(container, new IOException("WebSocket closed"));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // was accessible
    }
  }

  /** Ends TCP if closing the web connection was put off. */
  void end() {
    try {
      if (!(boolean) isClosed.invoke(buffers)) {
        Object link = container.getClass().getMethod("getDeviceConnLink").invoke(container);
        Object connection =
            container.getClass().getMethod("getVirtualConnection").invoke(container);
        Class<?> connectionType =
            container.getClass().getMethod("getVirtualConnection").getReturnType();
        container
            .getClass()
            .getMethod("getDeviceConnLink")
            .getReturnType()
            .getMethod("close", connectionType, Exception.class)
            .invoke(link, connection, new IOException("WebSocket closed"));
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "ending a socket", e);
    }
  }
}
