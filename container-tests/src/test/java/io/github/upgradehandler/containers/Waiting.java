package io.github.upgradehandler.containers;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what somebody else does, within a limit. */
public final class Waiting {

  private Waiting() {}

  /** Looks every few milliseconds; fails with the description when the limit is over. */
  public static void until(String description, Duration limit, BooleanSupplier condition) {
    until(() -> description, limit, condition);
  }

  /** The same with a description of how it is when the limit is over. */
  public static void until(
      Supplier<String> description, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + limit + ": " + description.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
