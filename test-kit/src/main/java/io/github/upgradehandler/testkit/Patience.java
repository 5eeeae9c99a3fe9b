package io.github.upgradehandler.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits, in real time, for what other threads do.
 *
 * @param longest zero or less not to wait
 */
record Patience(Duration longest) {

  private static final long LOOK_MILLIS = 1;

  /** Asks again and again; null if nothing was found in time, or the thread is interrupted. */
  <T> @Nullable T await(Supplier<@Nullable T> look) {
    long end = System.nanoTime() + longest.toNanos();
    T found = look.get();
    try {
      while (found == null && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        found = look.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return found;
  }
}
