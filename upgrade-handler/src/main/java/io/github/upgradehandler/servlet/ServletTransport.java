package io.github.upgradehandler.servlet;

import io.github.upgradehandler.connection.Connection;
import io.github.upgradehandler.connection.Transport;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Carries bytes over the streams of an upgraded connection, by the rules of non-blocking I/O. */
final class ServletTransport implements Transport {

  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Streams streams;
  private volatile long reads;

  /** What the container gives. */
  private static final class Streams {
    final WebConnection container;
    final ServletInputStream in;
    final ServletOutputStream out;
    final boolean needsExactArrays;
    final @Nullable TomcatSocket tomcat;

    Streams(WebConnection container) throws IOException {
      this.container = container;
      in = container.getInputStream();
      out = container.getOutputStream();
      // Undertow, to 2.3 at least, ignores offset and length of a non-blocking write.
      needsExactArrays = out.getClass().getName().startsWith("io.undertow.");
      tomcat = TomcatSocket.of(in);
    }

    void closeQuietly() {
      try {
        container.close();
      } catch (Exception e) {
        // The connection is gone one way or another; whoever closed it knows why.
      }
      if (tomcat != null) {
        tomcat.end();
      }
    }
  }

  /** The container has upgraded the connection; until then nothing is read or written. */
  void attach(WebConnection container) throws IOException {
    Streams attached = new Streams(container);
    streams = attached;
    if (closed.get()) {
      attached.closeQuietly();
    }
  }

  /** Has the container report to the connection from now on. */
  void listen(Connection connection) {
    Streams attached = streams();
    attached.in.setReadListener(new Reader(connection));
    attached.out.setWriteListener(new Writer(connection));
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    Streams attached = streams();
    TomcatSocket tomcat = attached.tomcat;
    if (tomcat == null) {
      return read(attached.in, buffer);
    }
    tomcat.lock().lock();
    try {
      return read(attached.in, buffer);
    } finally {
      tomcat.lock().unlock();
    }
  }

  private int read(ServletInputStream in, byte[] buffer) throws IOException {
    while (!in.isFinished()) {
      if (!in.isReady()) {
        return 0;
      }
      // A container may say that it is ready and then give nothing; its callback comes only after
      // isReady was false.
      int count = in.read(buffer);
      if (count != 0) {
        long before = reads; // by one thread at a time
        reads = before + 1;
        return count;
      }
    }
    return -1;
  }

  @Override
  public boolean isWritable() {
    return streams().out.isReady();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Streams attached = streams();
    if (attached.needsExactArrays && length != bytes.length) {
      attached.out.write(Arrays.copyOfRange(bytes, offset, offset + length));
    } else {
      attached.out.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    streams().out.flush();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Streams attached = streams;
      if (attached != null) {
        attached.closeQuietly();
      }
    }
  }

  private Streams streams() {
    return Objects.requireNonNull(streams, "not attached");
  }

  private final class Reader implements ReadListener {

    private final Connection connection;
    private final RepeatedCalls calls = new RepeatedCalls();

    Reader(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void onDataAvailable() {
      connection.onReadable();
      calls.returned(reads);
    }

    @Override
    public void onAllDataRead() {
      connection.onEnd(null);
    }

    @Override
    public void onError(Throwable cause) {
      connection.onEnd(failureOf(cause));
    }
  }

  private record Writer(Connection connection) implements WriteListener {

    @Override
    public void onWritePossible() {
      connection.onWritable();
    }

    @Override
    public void onError(Throwable cause) {
      connection.onEnd(failureOf(cause));
    }
  }

  /** Tomcat reports the ordinary end of the stream as an error. */
  private static @Nullable Throwable failureOf(Throwable cause) {
    return cause instanceof EOFException ? null : cause;
  }
}
