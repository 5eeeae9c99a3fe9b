package io.github.upgradehandler.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock in nanoseconds, whose time passes when the test says so. Thread-safe. */
public final class VirtualClock implements LongSupplier {

  private final AtomicLong now;

  /** Begins a second before the overflow that {@link System#nanoTime} may come to. */
  public VirtualClock() {
    this(Long.MAX_VALUE - 1_000_000_000L);
  }

  /**
   * Begins at some time.
   *
   * @param start in nanoseconds
   */
  public VirtualClock(long start) {
    now = new AtomicLong(start);
  }

  @Override
  public long getAsLong() {
    return now.get();
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
