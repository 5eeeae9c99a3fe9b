package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final ServletInputStream in;
  private final Object reading;
  private final Object buffers;
  private final Method wrap;
  private final Method setBuffer;
  private final Method takeDecrypted;

  private boolean begun; // the stream's byte is read

  private LibertyTls(ServletInputStream in, Object reading) throws ReflectiveOperationException {
    this.in = in;
    this.reading = reading;
    Method manager =
        Class.forName(
                "com.ibm.wsspi.channelfw.ChannelFrameworkFactory",
                true,
                reading.getClass().getClassLoader())
            .getMethod("getBufferManager");
    buffers = manager.invoke(null);
    wrap = manager.getReturnType().getMethod("wrap", byte[].class, int.class, int.class);
    setBuffer = reading.getClass().getMethod("setBuffer", wrap.getReturnType());
    takeDecrypted = reading.getClass().getMethod("readUnconsumedDecData");
  }

  /** The TLS of an upgraded connection; null if it has none, or it cannot be reached. */
  static @Nullable LibertyTls of(WebConnection container, ServletInputStream in) {
    try {
      Method connection = container.getClass().getMethod("getTCPConnectionContext");
      Object reading =
          connection
              .getReturnType()
              .getMethod("getReadInterface")
              .invoke(connection.invoke(container));
      return reading.getClass().getName().equals(READING) ? new LibertyTls(in, reading) : null;
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

  /** To be called at the beginning of {@code onDataAvailable}. */
  void begin() {
    begun = false;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#read}. */
  int read(byte[] buffer) throws IOException {
    if (begun) {
      return takeDecrypted(buffer, 0);
    }
    begun = true;
    if (!in.isReady()) {
      return 0;
    }
    int count = in.read(buffer, 0, 1);
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
