package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.frame.Role;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.testing.Frame;
import io.github.upgradehandler.testing.FrameDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A carrier of bytes in the test's hands, which notes every breach of the rules of non-blocking
 * output. What it takes is readable as frames.
 */
public final class MemoryTransport implements Transport {

  /** Most bytes of one write: 64 KiB and a frame's header. */
  private static final int LARGEST_WRITE = (64 << 10) + 64;

  private final Deque<byte[]> incoming = new ArrayDeque<>();
  private final List<Frame> frames = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final boolean keepsSent;
  private final FrameDecoder decoder;
  private final List<String> breaches = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  private boolean endOfStream;
  private IOException readFailure;
  private IOException writeFailure;
  private Error error;
  private int writesTaken = Integer.MAX_VALUE;
  private byte[] lent;
  private byte[] lentContent;
  private int closes;
  private Executor elsewhere;

  /** For a server without extensions. */
  public MemoryTransport() {
    keepsSent = false;
    decoder = new FrameDecoder(frames::add);
  }

  /** For an end that is wired to another: keeps what is sent for {@link #takeBytes}. */
  MemoryTransport(Role sender, int reservedBits) {
    keepsSent = true;
    decoder = new FrameDecoder(sender, reservedBits, frames::add);
  }

  // The container's side.

  public synchronized void arrive(byte[] bytes) {
    incoming.add(bytes.clone());
  }

  public synchronized void arriveEnd() {
    endOfStream = true;
  }

  public synchronized void failReads(IOException failure) {
    readFailure = failure;
  }

  public synchronized void failWrites(IOException failure) {
    writeFailure = failure;
  }

  /** Every further call throws an error, as a container may that runs out of memory. */
  public synchronized void breakWith(Error thrown) {
    error = thrown;
  }

  /** Takes so many more writes, then is not writable. */
  public synchronized void takeWrites(int count) {
    writesTaken = count;
  }

  public synchronized void takeAllWrites() {
    takeWrites(Integer.MAX_VALUE);
  }

  /** From now on only this executor's thread is to write. */
  public synchronized void writeElsewhere(Executor thread) {
    elsewhere = thread;
  }

  /** The frames taken since the last call. */
  public synchronized List<String> takeFrames() {
    List<String> taken = frames.stream().map(Frame::toString).toList();
    frames.clear();
    return taken;
  }

  /** The bytes taken since the last call, if this keeps them. */
  synchronized byte[] takeBytes() {
    byte[] taken = sent.toByteArray();
    sent.reset();
    return taken;
  }

  /** What was called since the last time: {@code write 12}, {@code flush}, {@code close}. */
  public synchronized List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  public synchronized boolean isClosed() {
    return closes > 0;
  }

  public synchronized int unreadPieces() {
    return incoming.size();
  }

  public synchronized List<String> breaches() {
    checkLent();
    return List.copyOf(breaches);
  }

  // The connection's side.

  @Override
  public synchronized int read(byte[] buffer) throws IOException {
    fail(readFailure);
    byte[] bytes = incoming.poll();
    if (bytes == null) {
      return endOfStream ? -1 : 0;
    }
    int count = Math.min(bytes.length, buffer.length);
    System.arraycopy(bytes, 0, buffer, 0, count);
    if (count < bytes.length) {
      incoming.addFirst(Arrays.copyOfRange(bytes, count, bytes.length));
    }
    return count;
  }

  @Override
  public synchronized Executor writingExecutor() {
    return elsewhere;
  }

  @Override
  public synchronized boolean isWritable() throws IOException {
    if (writesTaken == 0) {
      return false;
    }
    checkLent();
    lent = null;
    return true;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!writing.compareAndSet(false, true)) {
      breach("two writes at a time");
    }
    try {
      take(bytes, offset, length);
    } finally {
      writing.set(false);
    }
  }

  private synchronized void take(byte[] bytes, int offset, int length) throws IOException {
    calls.add("write " + length);
    fail(writeFailure);
    if (writesTaken == 0 || lent != null) {
      breach("write while not writable");
    }
    if (length > LARGEST_WRITE || length == 0) {
      breach("write of " + length + " bytes");
    }
    if (writesTaken != Integer.MAX_VALUE) {
      writesTaken--;
    }
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    lent = bytes;
    lentContent = bytes.clone();
    if (keepsSent) {
      sent.write(copy, 0, length);
    }
    decoder.decode(copy, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    calls.add("flush");
    fail(writeFailure);
    if (writesTaken == 0 || lent != null) {
      breach("flush while not writable");
    }
  }

  @Override
  public synchronized void close() {
    calls.add("close");
    closes++;
    if (writing.get()) {
      breach("close in the middle of a write");
    }
  }

  private void fail(IOException failure) throws IOException {
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void checkLent() {
    if (lent != null && !Arrays.equals(lent, lentContent)) {
      breach("array changed before it was given back");
    }
  }

  private synchronized void breach(String what) {
    breaches.add(what);
  }
}
