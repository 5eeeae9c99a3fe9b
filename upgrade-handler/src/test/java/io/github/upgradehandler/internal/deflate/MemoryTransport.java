package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.spi.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Carries bytes in memory; what the peer does with them is the test's matter. */
final class MemoryTransport implements Transport {

  private final Deque<byte[]> incoming = new ArrayDeque<>();
  private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
  private boolean stalled;
  private boolean broken;
  private boolean closed;

  /** Has the next read give these bytes. */
  void give(byte[] bytes) {
    incoming.add(bytes);
  }

  /** What was written since the last call. */
  byte[] takeWritten() {
    byte[] written = outgoing.toByteArray();
    outgoing.reset();
    return written;
  }

  /** The peer reads no more. */
  void stall() {
    stalled = true;
  }

  /** The next write finds that the peer is gone. */
  void breakDown() {
    broken = true;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int read(byte[] buffer) {
    byte[] next = incoming.poll();
    if (next == null) {
      return 0;
    }
    int count = Math.min(next.length, buffer.length);
    System.arraycopy(next, 0, buffer, 0, count);
    if (count < next.length) {
      byte[] rest = new byte[next.length - count];
      System.arraycopy(next, count, rest, 0, rest.length);
      incoming.push(rest);
    }
    return count;
  }

  @Override
  public boolean isWritable() {
    return !stalled;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (broken) {
      throw new IOException("connection reset by peer");
    }
    outgoing.write(bytes, offset, length);
  }

  @Override
  public void flush() {
    // what is written is there
  }

  @Override
  public void close() {
    closed = true;
  }
}
