package io.github.upgradehandler.internal.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that passes when the test says so. */
public final class VirtualClock implements LongSupplier {

  // Not zero, and near the overflow that System.nanoTime may come to.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  @Override
  public long getAsLong() {
    if (Thread.currentThread().getName().startsWith("websocket-deadlines")) {
      waitForTheEnd();
    }
    return now.get();
  }

  /** Looking at deadlines is for the test. */
  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the timer was stopped", e);
    }
  }

  public void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
