package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.spi.TransportListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Carries the bytes of a connection over a socket of an {@link IoLoop}. */
final class ChannelTransport implements Transport, Port.Listener {

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Port port;
  private final ByteStream stream;
  private ByteBuffer early; // used by the thread that reads
  private @Nullable TransportListener listener; // set before anything is told

  // Guarded by the monitor.
  private ByteBuffer unwritten = EMPTY;

  /**
   * A transport that tells nobody yet.
   *
   * @param early was read already
   */
  ChannelTransport(Port port, ByteStream stream, byte[] early) {
    this.port = port;
    this.stream = stream;
    this.early = early.length == 0 ? EMPTY : ByteBuffer.wrap(early);
  }

  /** Begins; on the loop's thread. */
  void start(TransportListener connection) {
    listener = connection;
    port.tell(this);
    connection.onStarted();
    connection.onWritable();
    connection.onReadable();
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    if (early.hasRemaining()) {
      return readEarly(buffer);
    }
    int count = stream.read(ByteBuffer.wrap(buffer));
    if (count == 0) {
      port.want(SelectionKey.OP_READ);
    }
    return count;
  }

  @Override
  public boolean isWritable() throws IOException {
    return sendOn();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    unwritten = ByteBuffer.wrap(bytes, offset, length);
    sendOn();
  }

  @Override
  public void flush() {
    // Nothing is kept but what the socket does not take.
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public void ready(int operations) {
    TransportListener told = listener;
    if (told == null) {
      return;
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      writeOn(told);
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      told.onReadable();
    }
  }

  private void writeOn(TransportListener told) {
    try {
      if (!sendOn()) {
        return;
      }
    } catch (IOException e) {
      told.onEnd(e);
      return;
    }
    told.onWritable();
  }

  /** Sends what waits, and asks for the time to go on; whether all of it is sent. */
  private synchronized boolean sendOn() throws IOException {
    boolean sent = isSent();
    if (!sent) {
      port.want(SelectionKey.OP_WRITE);
    }
    return sent;
  }

  private boolean isSent() throws IOException {
    while (unwritten.hasRemaining()) {
      if (stream.write(unwritten) == 0) {
        return false;
      }
    }
    unwritten = EMPTY;
    return stream.flush();
  }

  private int readEarly(byte[] buffer) {
    int count = Math.min(buffer.length, early.remaining());
    early.get(buffer, 0, count);
    if (!early.hasRemaining()) {
      early = EMPTY;
    }
    return count;
  }
}
