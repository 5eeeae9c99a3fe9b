package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Undertow (2.3.26, and WildFly 39, which is built on it) keeps the state of a stream in plain
 * fields that the connection's I/O thread changes before it calls a listener. A read on another
 * thread that takes the last of what is there asks the I/O thread to read more, and may then find
 * {@code isReady} true while that thread is still filling the buffer: bytes get lost or come twice,
 * or the buffer is null. {@code UpgradeServletOutputStream} is built the same way. So the streams
 * are used by the I/O thread alone; any other thread is told that it cannot read or write now, and
 * the I/O thread then reports that it can.
 */
final class UndertowStreams extends ContainerStreams {

  private static final int READ_AHEAD_BYTES = 16 << 10; // what Undertow has at once

  private final Runnable reportWritable = listener()::onWritable;
  private final Runnable readAhead = this::readAhead;

  private final UndertowThread ioThread = new UndertowThread();

  /** What the I/O thread has read for another thread, which takes all of it and then sets null. */
  private volatile @Nullable ByteBuffer ahead;

  private volatile boolean readByOtherThread;

  /** What TLS is done with, since Undertow's own flush does nothing; null without it. */
  private final @Nullable XnioChannels tls;

  private boolean unflushed; // confined to the I/O thread
  private boolean failed; // confined to the I/O thread

  UndertowStreams(WebConnection container, TransportListener listener) throws IOException {
    super(container, listener);
    tls = XnioChannels.keepingBack(container);
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    ByteBuffer there = ahead;
    if (there != null) {
      int count = Math.min(there.remaining(), buffer.length);
      there.get(buffer, 0, count);
      if (!there.hasRemaining()) {
        ahead = null;
      }
      return count;
    }
    boolean otherThread = !ioThread.isCurrent();
    if (readByOtherThread != otherThread) {
      readByOtherThread = otherThread;
    }
    if (!otherThread) {
      return super.read(buffer);
    }
    ioThread.execute(readAhead);
    return 0;
  }

  /** On the I/O thread. */
  private void readAhead() {
    try {
      if (ahead == null) {
        byte[] bytes = new byte[READ_AHEAD_BYTES];
        int count = super.read(bytes);
        if (count < 0) {
          listener().onEnd(null);
        }
        if (count <= 0) {
          return;
        }
        ahead = ByteBuffer.wrap(bytes, 0, count);
      }
      listener().onReadable();
    } catch (IOException | RuntimeException e) {
      listener().onEnd(e);
    }
  }

  @Override
  public @Nullable Executor writingExecutor() {
    return ioThread.writingExecutor();
  }

  @Override
  public @Nullable Executor afterOthers() {
    return ioThread.afterOthers();
  }

  @Override
  public boolean isWritable() {
    if (ioThread.isCurrent()) {
      return !unflushed && super.isWritable();
    }
    ioThread.execute(reportWritable);
    return false;
  }

  /** Offset and length of a non-blocking write are ignored. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean exact = length == bytes.length;
    byte[] written = exact ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
    super.write(written, 0, length);
  }

  /**
   * {@code UpgradeServletOutputStream.flush} does nothing once there is a listener, and Undertow's
   * TLS ({@code SslConduit}) may still have the last of what was written, for the next write to
   * send on.
   */
  @Override
  public void flush() throws IOException {
    super.flush();
    if (tls != null) {
      unflushed = !tls.flush();
      if (unflushed) {
        tls.resumeWrites();
      }
    }
  }

  @Override
  public void close() {
    ioThread.run(this::closeWithoutWaiting);
  }

  /**
   * {@code WebConnectionImpl.close} sends what was written before ({@code
   * UpgradeServletOutputStream.closeBlocking}), and for a peer that does not read would hold up its
   * thread and all connections of that for ever. So it is not asked while something is unsent.
   */
  private void closeWithoutWaiting() {
    boolean flushed = isFlushed();
    UndertowRest.drop(out());
    if (flushed || !XnioChannels.end(container())) {
      closeInterrupted();
    }
  }

  private boolean isFlushed() {
    try {
      return !unflushed && super.isWritable();
    } catch (RuntimeException e) {
      return false; // it has failed already
    }
  }

  /** An interrupt makes it give up where it would wait. The socket may stay until the next does. */
  private void closeInterrupted() {
    boolean before = Thread.currentThread().isInterrupted();
    Thread.currentThread().interrupt();
    super.close();
    if (!before) {
      Thread.interrupted();
    }
  }

  @Override
  public void onDataAvailable() {
    ioThread.calledBack();
    if (readByOtherThread) {
      readAhead();
    } else {
      super.onDataAvailable();
    }
  }

  @Override
  public void onAllDataRead() {
    if (ahead == null) { // else the thread that takes that reads on, and finds the end
      super.onAllDataRead();
    }
  }

  @Override
  public void onWritePossible() {
    ioThread.calledBack();
    try {
      if (unflushed) {
        flush();
      }
    } catch (IOException e) {
      listener().onEnd(e);
      return;
    }
    if (!unflushed) {
      super.onWritePossible();
    }
  }

  /** A rest of a write has to go, or this is called for ever, see {@link UndertowRest}. */
  @Override
  public void onError(Throwable cause) {
    super.onError(cause);
    if (!UndertowRest.drop(out()) && failed) {
      throw new IllegalStateException("reported already", cause); // which leaves that loop, too
    }
    failed = true;
  }
}
