package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Undertow where nothing is between its streams and the socket. Below the streams, XNIO's channels
 * may be used by any thread, one at a time for each direction. So a broadcast is written by the
 * thread that makes it, where {@link UndertowStreams} goes to the receivers' I/O threads; and a
 * message costs one read, where Undertow's stream at once tries to read more, in vain.
 *
 * <p>The benchmarks' rows {@code broadcast} and {@code 32b-d1} show it.
 */
final class UndertowChannels extends ContainerStreams {

  private final XnioChannels channels;

  private final UndertowThread ioThread = new UndertowThread();

  /** The last read took all there was; confined to the reading thread. */
  private boolean emptied;

  private final Object interest = new Object();
  private boolean awaited; // guarded by interest
  private boolean suspended = true; // guarded by interest

  private final Object writing = new Object();

  /** What the socket has not taken yet, written guarded by {@link #writing}. */
  private volatile @Nullable ByteBuffer rest;

  UndertowChannels(WebConnection container, TransportListener listener, XnioChannels channels)
      throws IOException {
    super(container, listener);
    this.channels = channels;
  }

  @Override
  public void listen() throws IOException {
    channels.listen(this::readable, this::writable);
    listener().onWritable(); // a socket that is new takes some
    awaitReadable();
  }

  @Override
  public @Nullable Executor afterOthers() {
    return ioThread.afterOthers();
  }

  /** XNIO reports again what is still there, so no second read follows a short one. */
  @Override
  public int read(byte[] buffer) throws IOException {
    int count = emptied ? 0 : channels.source().read(ByteBuffer.wrap(buffer));
    emptied = count > 0 && count < buffer.length;
    if (count == 0) {
      awaitReadable();
    }
    return count;
  }

  /**
   * A channel that is closed reports nothing. Before Undertow hands a connection over, which may
   * take a while, nobody is told that its client has reset it.
   */
  private void awaitReadable() throws ClosedChannelException {
    synchronized (interest) {
      awaited = true;
      if (suspended) {
        suspended = false;
        channels.resumeReads();
      }
    }
    if (!channels.source().isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /** On the I/O thread. If not all was read after the call before, this one suspends reading. */
  private void readable() {
    ioThread.calledBack();
    try {
      synchronized (interest) {
        if (!awaited) {
          suspended = true;
          channels.suspendReads();
        }
        awaited = false;
      }
      listener().onReadable();
    } catch (RuntimeException e) {
      listener().onEnd(e);
    }
  }

  @Override
  public boolean isWritable() {
    return rest == null;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (writing) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      channels.sink().write(buffer);
      if (buffer.hasRemaining()) {
        rest = buffer;
        channels.resumeWrites();
      }
    }
  }

  /** Nothing is kept back. */
  @Override
  public void flush() {}

  /** On the I/O thread. */
  private void writable() {
    try {
      synchronized (writing) {
        ByteBuffer buffer = rest;
        if (buffer != null) {
          channels.sink().write(buffer);
          if (buffer.hasRemaining()) {
            return;
          }
          rest = null;
        }
        channels.suspendWrites();
      }
      listener().onWritable();
    } catch (IOException | RuntimeException e) {
      listener().onEnd(e);
    }
  }

  @Override
  public void close() {
    try {
      channels.close();
    } catch (IOException | RuntimeException e) {
      // The connection has ended all the same, and its end is reported by another call.
    }
  }
}
