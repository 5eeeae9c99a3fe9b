package io.github.upgradehandler.testkit;

import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.spi.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A carrier of bytes driven by a test, which notes every breach of the rules of non-blocking
 * output. What it takes is readable as frames. Thread-safe.
 */
public final class MemoryTransport implements Transport {

  /** Most bytes of one write: 64 KiB and a frame's header. */
  private static final int LARGEST_WRITE = (64 << 10) + 64;

  private final Deque<byte[]> incoming = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<Frame> frames = new ArrayList<>();
  private final FrameDecoder decoder;
  private final List<String> breaches = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  private boolean endOfStream;
  private @Nullable IOException readFailure;
  private @Nullable IOException writeFailure;
  private @Nullable Error error;
  private int writesTaken = Integer.MAX_VALUE;
  private byte @Nullable [] lent;
  private byte @Nullable [] lentContent;
  private int closes;
  private @Nullable Executor writingExecutor;

  /** With nothing to read, and room for everything. */
  public MemoryTransport() {
    this(null);
  }

  /** One whose frames are shown as they were before the extension transformed them. */
  MemoryTransport(@Nullable Extension agreed) {
    decoder = new FrameDecoder(frames::add, agreed);
  }

  // The container's side.

  /** Has these bytes, which are copied, come in one read. */
  public synchronized void arrive(byte[] bytes) {
    incoming.add(bytes.clone());
  }

  /** The peer's half of TCP ends after what has arrived. */
  public synchronized void arriveEnd() {
    endOfStream = true;
  }

  /** Every further read fails. */
  public synchronized void failReads(IOException failure) {
    readFailure = failure;
  }

  /** Every further write and flush fails. */
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

  /** Takes every write. */
  public synchronized void takeAllWrites() {
    takeWrites(Integer.MAX_VALUE);
  }

  /** From now on only this executor's thread is to write. */
  public synchronized void writeElsewhere(Executor thread) {
    writingExecutor = thread;
  }

  /**
   * The frames taken since the last call of this or of {@link #takeWritten}, as text.
   *
   * @throws AssertionError if what was sent is not correct frames
   */
  public synchronized List<String> takeFrames() {
    List<String> taken = decoded().stream().map(Frame::toString).toList();
    frames.clear();
    return taken;
  }

  /** The first frame that was taken and not returned yet; null if there is none. */
  synchronized @Nullable Frame takeFrame() {
    return decoded().isEmpty() ? null : frames.remove(0);
  }

  /** Frees what reading frames holds; nothing more is taken. */
  synchronized void release() {
    decoder.release();
  }

  /** The bytes taken since the last call of this or of {@link #takeFrames}. */
  public synchronized byte[] takeWritten() {
    byte[] taken = written.toByteArray();
    written.reset();
    return taken;
  }

  /** What was called since the last time: {@code write 12}, {@code flush}, {@code close}. */
  public synchronized List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  /** Whether the connection has closed it. */
  public synchronized boolean isClosed() {
    return closes > 0;
  }

  /** How many of the pieces that arrived are not read, or not to their end. */
  public synchronized int unreadPieces() {
    return incoming.size();
  }

  /** What the connection has done that the rules of {@link Transport} forbid. */
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
  public synchronized @Nullable Executor writingExecutor() {
    return writingExecutor;
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
    lent = bytes;
    lentContent = bytes.clone();
    written.write(bytes, offset, length);
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

  private List<Frame> decoded() {
    byte[] bytes = takeWritten();
    decoder.decode(bytes, bytes.length);
    return frames;
  }

  private void fail(@Nullable IOException failure) throws IOException {
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
