package io.github.upgradehandler.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a bound. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = 500_000;

  private Await() {}

  /** Returns when the condition holds; fails naming it if that takes too long. */
  public static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + BOUND.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("waited " + BOUND.toSeconds() + " s for: " + what);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("while waiting for: " + what, e);
    }
  }
}
