package io.github.upgradehandler.internal.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what has begun and not ended, for threads that wait for all of it. Thread-safe. */
public final class Outstanding {

  private final AtomicLong count = new AtomicLong();
  private final Object none = new Object();

  /** Nothing has begun. */
  public Outstanding() {}

  /** One more has begun. */
  public void begin() {
    count.incrementAndGet();
  }

  /** One of those that have begun has ended. */
  public void end() {
    if (count.decrementAndGet() == 0) {
      synchronized (none) {
        none.notifyAll();
      }
    }
  }

  /** Blocks until all have ended, for a time, or until the thread is interrupted. */
  public void await(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (none) {
      while (count.get() > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(none, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
