package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tomcat 10.1 and 11: what the servlet API cannot do there goes through {@link TomcatSocket}. */
final class TomcatStreams extends ContainerStreams {

  /**
   * The default of {@code socket.appReadBufSize}: with more in the socket a read brings as much.
   */
  private static final int FULL_READ = 8 << 10;

  private final @Nullable TomcatSocket socket;
  private final BusyLoopBrake calls = new BusyLoopBrake();
  private volatile long reads;
  private @Nullable Thread calledBack; // a thread asks only whether it is itself
  private boolean emptied; // confined to that thread
  private boolean begun; // a read by Tomcat itself; guarded by the socket's lock

  /** What came with the request, until it is taken. */
  private volatile @Nullable ByteBuffer early;

  TomcatStreams(WebConnection container, TransportListener listener) throws IOException {
    super(container, listener);
    socket = TomcatSocket.of(in());
  }

  @Override
  public void listen() throws IOException {
    if (socket != null && socket.hasEarlyData()) {
      early = ByteBuffer.wrap(readEarlyData(socket));
    }
    super.listen();
    if (early != null) {
      super.onDataAvailable();
    }
  }

  /** Before there is a listener a read waits for something, which is there already. */
  private byte[] readEarlyData(TomcatSocket from) throws IOException {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    byte[] bytes = new byte[FULL_READ];
    do {
      came.write(bytes, 0, in().read(bytes));
    } while (from.hasEarlyData());
    return came.toByteArray();
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    ByteBuffer came = early;
    if (came != null) {
      int count = Math.min(came.remaining(), buffer.length);
      came.get(buffer, 0, count);
      if (!came.hasRemaining()) {
        early = null;
      }
      return count(count);
    }
    if (socket == null) {
      return count(super.read(buffer));
    }
    boolean inCallback = calledBack == Thread.currentThread();
    if (inCallback && emptied) {
      return 0; // without the system call that would only find it so; the next callback comes
    }
    if (!mayLock()) {
      return 0;
    }
    try {
      int read = count(socket.isCompleting() ? readOnce(buffer) : super.read(buffer));
      emptied = inCallback && 0 < read && read < Math.min(FULL_READ, buffer.length);
      return read;
    } finally {
      socket.lock().unlock();
    }
  }

  /**
   * Whether this thread holds the socket's lock now. A thread of Tomcat may hold that of another
   * listener, whose own thread may want this one: so it does not wait, and a thread of the library,
   * which holds none, reads in its place.
   */
  private boolean mayLock() {
    TomcatSocket locked = Objects.requireNonNull(socket);
    if (locked.lock().tryLock()) {
      return true;
    }
    if (!listener().isReadingOnWorker()) {
      listener().readOnWorker();
      return false;
    }
    locked.lock().lock();
    return true;
  }

  /** Tomcat's poller finds again what is left in the socket, after what it has found before. */
  @Override
  public boolean reportsAgain() {
    return socket != null && socket.isLevelTriggered();
  }

  private int readOnce(byte[] buffer) throws IOException {
    if (begun || in().isFinished() || !in().isReady()) {
      return in().isFinished() ? -1 : 0;
    }
    try {
      int read = in().read(buffer);
      begun = read == 0;
      return read;
    } catch (ReadPendingException e) {
      // A call that Tomcat makes after the handshake may come when its own read is under way.
      begun = true;
      Objects.requireNonNull(socket).readHasFailed();
      return 0;
    }
  }

  private int count(int read) {
    if (read != 0) {
      long before = reads; // by one thread at a time
      reads = before + 1;
    }
    return read;
  }

  @Override
  public void onDataAvailable() {
    emptied = false;
    begun = false;
    calledBack = socket != null && socket.isLevelTriggered() ? Thread.currentThread() : null;
    try {
      super.onDataAvailable();
    } finally {
      calledBack = null;
      if (socket != null) {
        socket.calledBack();
      }
    }
    calls.returned(reads);
  }

  @Override
  public void close() {
    super.close();
    if (socket != null) {
      socket.end();
    }
  }
}
