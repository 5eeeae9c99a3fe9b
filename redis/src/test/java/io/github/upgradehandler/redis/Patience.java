package io.github.upgradehandler.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes by itself. */
final class Patience {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 1_000_000;

  private Patience() {}

  static void until(Supplier<String> what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  static void until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never: " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
