package io.github.upgradehandler.internal.connection;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Buffers that belong to whoever works at the moment, not to connections: an idle connection holds
 * none. Keeps a few for each place in a small table that threads are spread over; what does not fit
 * is left to the garbage collector. A thread-local would keep one for every thread that ever came
 * by, and hold the web application's class loader after it was undeployed.
 */
final class BufferPool {

  /** A payload of 64 KiB and its header fit. */
  static final int BUFFER_BYTES = (64 << 10) + 64;

  private static final int PLACES = 32;
  private static final int BUFFERS_PER_PLACE = 2;

  private final AtomicReferenceArray<Segment> buffers =
      new AtomicReferenceArray<>(PLACES * BUFFERS_PER_PLACE);

  /** A buffer of {@link #BUFFER_BYTES}, empty. */
  Segment lease() {
    int place = place();
    for (int i = 0; i < BUFFERS_PER_PLACE; i++) {
      Segment buffer = buffers.getAndSet(place + i, null);
      if (buffer != null) {
        return buffer;
      }
    }
    return Segment.pooled(BUFFER_BYTES);
  }

  /** Takes back a buffer that nobody uses any more. */
  void giveBack(Segment buffer) {
    buffer.start = 0;
    buffer.end = 0;
    int place = place();
    for (int i = 0; i < BUFFERS_PER_PLACE; i++) {
      if (buffers.compareAndSet(place + i, null, buffer)) {
        return;
      }
    }
  }

  /** Leaves all buffers that nobody uses to the garbage collector. */
  void clear() {
    for (int i = 0; i < buffers.length(); i++) {
      if (buffers.getPlain(i) != null) {
        buffers.set(i, null);
      }
    }
  }

  private static int place() {
    return (int) (Thread.currentThread().getId() % PLACES) * BUFFERS_PER_PLACE;
  }
}
