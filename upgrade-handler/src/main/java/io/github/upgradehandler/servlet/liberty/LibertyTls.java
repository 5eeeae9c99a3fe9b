package io.github.upgradehandler.servlet.liberty;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
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

  private static final String LACK =
      "this Open Liberty does not let its TLS be reached: over TLS data may get lost";

  private static final ContainerInternals<ConnectionNames> CONNECTIONS =
      new ContainerInternals<>(Level.WARNING, LACK, ConnectionNames::in);
  private static final ContainerInternals<TlsNames> TLS =
      new ContainerInternals<>(Level.WARNING, LACK, TlsNames::in);

  private final ServletInputStream in;
  private final Object reading;
  private final Object buffers;
  private final TlsNames names;

  private boolean begun; // the stream's byte is read

  private LibertyTls(ServletInputStream in, Object reading, TlsNames names)
      throws ReflectiveOperationException {
    this.in = in;
    this.reading = reading;
    this.names = names;
    buffers = names.manager.invoke(null);
  }

  /** The TLS of an upgraded connection; null if it has none, or it cannot be reached. */
  static @Nullable LibertyTls of(WebConnection container, ServletInputStream in) {
    Object reading = CONNECTIONS.reach(container, names -> names.readingOf(container));
    return reading != null && reading.getClass().getName().equals(READING)
        ? TLS.reach(reading, names -> new LibertyTls(in, reading, names))
        : null;
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
    Object rest =
        ContainerInternals.callForIo(names.wrap, buffers, buffer, offset, buffer.length - offset);
    ContainerInternals.callForIo(names.setBuffer, reading, rest);
    return Math.toIntExact((long) ContainerInternals.callForIo(names.takeDecrypted, reading));
  }

  /** Liberty's names of a web connection and of what reads for it. */
  private record ConnectionNames(Method tcp, Method reading) {

    static ConnectionNames in(Class<?> container) throws ReflectiveOperationException {
      Method tcp = container.getMethod("getTCPConnectionContext");
      return new ConnectionNames(tcp, tcp.getReturnType().getMethod("getReadInterface"));
    }

    Object readingOf(WebConnection container) throws ReflectiveOperationException {
      return reading.invoke(tcp.invoke(container));
    }
  }

  /** Liberty's names of what reads with TLS. */
  private record TlsNames(Method manager, Method wrap, Method setBuffer, Method takeDecrypted) {

    static TlsNames in(Class<?> reading) throws ReflectiveOperationException {
      Method manager =
          Class.forName(
                  "com.ibm.wsspi.channelfw.ChannelFrameworkFactory", true, reading.getClassLoader())
              .getMethod("getBufferManager");
      Method wrap = manager.getReturnType().getMethod("wrap", byte[].class, int.class, int.class);
      return new TlsNames(
          manager,
          wrap,
          reading.getMethod("setBuffer", wrap.getReturnType()),
          reading.getMethod("readUnconsumedDecData"));
    }
  }
}
