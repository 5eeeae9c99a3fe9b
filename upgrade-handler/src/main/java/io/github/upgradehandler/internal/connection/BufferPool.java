package io.github.upgradehandler.internal.connection;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Buffers that a thread leases while it works, and no connection keeps: an idle one holds none.
 * Keeps a few in each slot of a small table that threads are spread over; the rest is left to the
 * garbage collector. A thread-local would keep one for every thread that ever leased one, and hold
 * the web application's class loader after it was undeployed.
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

  /** Takes back a buffer that is not used any more. */
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

  /** Leaves all buffers that are not in use to the garbage collector. */
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
