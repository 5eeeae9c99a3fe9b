package io.github.upgradehandler.servlet.liberty;

import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Open Liberty (26.0.0.3). After {@code onDataAvailable} it drops what it had read ahead to find
 * that there is something, and reads ahead again at any time: so something is read before each of
 * these calls returns, and by that thread alone. What is not wanted yet is kept, and while that is
 * not taken and still more has come, the container's thread waits. The rest is in {@link
 * LibertySocket} and {@link LibertyTls}.
 */
final class LibertyStreams extends ContainerStreams {

  private static final int READ_AHEAD_BYTES = 16 << 10;
  private static final byte[] NOTHING = {};

  private final @Nullable LibertySocket socket;
  private final @Nullable LibertyTls tls;

  /** The thread in {@link #onDataAvailable}, which alone may read. */
  private volatile @Nullable Thread reading;

  private boolean hasRead; // since onDataAvailable was called

  // Guarded by this.
  private byte[] ahead = NOTHING;
  private boolean closed;

  LibertyStreams(WebConnection container, TransportListener listener) throws IOException {
    super(container, listener);
    socket = LibertySocket.of(container, out());
    tls = LibertyTls.of(container, in());
    if (socket != null) {
      ahead = socket.takeCameWithRequest();
    }
  }

  @Override
  public void listen() throws IOException {
    super.listen();
    super.onDataAvailable(); // of what came with the request
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    int taken = take(buffer);
    if (taken == 0 && reading == Thread.currentThread()) {
      int count = readStream(buffer);
      hasRead |= count != 0;
      return count;
    }
    return taken;
  }

  private int readStream(byte[] buffer) throws IOException {
    return tls == null ? super.read(buffer) : tls.read(buffer);
  }

  private synchronized int take(byte[] buffer) {
    int count = Math.min(ahead.length, buffer.length);
    if (count > 0) {
      System.arraycopy(ahead, 0, buffer, 0, count);
      ahead = count == ahead.length ? NOTHING : Arrays.copyOfRange(ahead, count, ahead.length);
      notifyAll();
    }
    return count;
  }

  @Override
  public void onDataAvailable() {
    hasRead = false;
    if (tls != null) {
      tls.begin();
    }
    reading = Thread.currentThread();
    try {
      super.onDataAvailable();
      if (!hasRead) {
        readAhead();
      }
    } catch (IOException | RuntimeException e) {
      onError(e);
    } finally {
      reading = null;
    }
  }

  private void readAhead() throws IOException {
    byte[] bytes = new byte[READ_AHEAD_BYTES];
    if (!awaitTaken()) {
      return;
    }
    int count = readStream(bytes);
    reading = null;
    if (count < 0) {
      onAllDataRead();
    } else if (count > 0) {
      synchronized (this) {
        ahead = Arrays.copyOf(bytes, count);
      }
      super.onDataAvailable();
    }
  }

  /** Whether what was read ahead before has been taken; false at the end of the connection. */
  private synchronized boolean awaitTaken() {
    try {
      while (ahead.length > 0 && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is stopping
      return false;
    }
    return !closed;
  }

  /** Not before all that came before the end is handled. */
  @Override
  public void onAllDataRead() {
    awaitTaken();
    super.onAllDataRead();
  }

  @Override
  public void flush() throws IOException {
    if (socket == null) {
      super.flush();
    } else {
      socket.flush();
    }
  }

  /**
   * Liberty calls {@code onWritePossible} with the stream's lock held. Closing takes the web
   * connection's and then the stream's, as Liberty does itself when the peer has gone.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    if (Thread.holdsLock(out())) {
      listener().closeOnWorker(this::closeConnection);
    } else {
      closeConnection();
    }
  }

  private void closeConnection() {
    if (socket != null) {
      socket.endInsteadOfReuse();
    }
    super.close();
    if (socket != null) {
      socket.end();
    }
  }
}
