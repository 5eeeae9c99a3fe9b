package io.github.upgradehandler.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes by itself. */
public final class Waiting {

  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(100);

  private Waiting() {}

  /** Returns when it is so, which a minute is enough for. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONGEST;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new LoadException("waited in vain for " + what);
      }
      LockSupport.parkNanos(LOOK);
    }
  }
}
