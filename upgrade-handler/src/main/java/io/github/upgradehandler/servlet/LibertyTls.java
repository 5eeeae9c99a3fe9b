package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Open Liberty (seen on 26.0.0.3) has decrypted. Its stream reads one byte to call
 * {@code onDataAvailable}, and from then on asks for all that there is: then {@code
 * SSLReadServiceContext.read} takes the rest of the record, asks the socket for more and, if
 * nothing comes, forgets what it took. So the rest of the record is taken from below the stream,
 * which is left alone until it has read one byte again.
 */
final class LibertyTls {

  private static final String READING = "com.ibm.ws.channel.ssl.internal.SSLReadServiceContext";

  /** Where Liberty notes that its stream holds what came with the request. */
  private static final String CAME_WITH_REQUEST = "NotUpgradedUnreadData";

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final ServletInputStream in;
  private final Map<?, ?> state;
  private final Object reading;
  private final Object buffers;
  private final Method wrap;
  private final Method setBuffer;
  private final Method takeDecrypted;

  private boolean begun; // the stream's byte is read

  private LibertyTls(WebConnection container, ServletInputStream in, Object reading)
      throws ReflectiveOperationException {
    ClassLoader loader = container.getClass().getClassLoader();
    this.in = in;
    this.reading = reading;
    state = (Map<?, ?>) call(container, "getVirtualConnection", "getStateMap");
    Method manager =
        Class.forName("com.ibm.wsspi.channelfw.ChannelFrameworkFactory", true, loader)
            .getMethod("getBufferManager");
    buffers = manager.invoke(null);
    wrap = manager.getReturnType().getMethod("wrap", byte[].class, int.class, int.class);
    setBuffer = reading.getClass().getMethod("setBuffer", wrap.getReturnType());
    takeDecrypted = reading.getClass().getMethod("readUnconsumedDecData");
  }

  /** The TLS of an upgraded connection; null if it has none, or it cannot be reached. */
  static @Nullable LibertyTls of(WebConnection container, ServletInputStream in) {
    try {
      Object reading = call(container, "getTCPConnectionContext", "getReadInterface");
      return reading.getClass().getName().equals(READING)
          ? new LibertyTls(container, in, reading)
          : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        System.getLogger("io.github.upgradehandler")
            .log(
                Level.WARNING,
                "this Open Liberty does not let its TLS be reached: over TLS data may get lost",
                e);
      }
      return null;
    }
  }

  private static Object call(WebConnection container, String first, String second)
      throws ReflectiveOperationException {
    Method method = container.getClass().getMethod(first);
    return method.getReturnType().getMethod(second).invoke(method.invoke(container));
  }

  /** To be called at the beginning of {@code onDataAvailable}. */
  void begin() {
    begun = false;
  }

  /** See {@link io.github.upgradehandler.connection.Transport#read}. */
  int read(byte[] buffer) throws IOException {
    if (begun) {
      return takeDecrypted(buffer, 0);
    }
    begun = true;
    if (!in.isReady()) {
      return 0;
    }
    int count = in.read(buffer, 0, 1); // gives all that came with the request, if something did
    state.remove(CAME_WITH_REQUEST);
    return count < 0 ? count : count + takeDecrypted(buffer, count);
  }

  private int takeDecrypted(byte[] buffer, int offset) throws IOException {
    try {
      setBuffer.invoke(reading, wrap.invoke(buffers, buffer, offset, buffer.length - offset));
      return Math.toIntExact((long) takeDecrypted.invoke(reading));
    } catch (InvocationTargetException e) {
      throw new IOException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // was accessible
    }
  }
}
