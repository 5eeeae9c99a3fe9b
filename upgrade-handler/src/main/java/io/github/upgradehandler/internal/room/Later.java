package io.github.upgradehandler.internal.room;

import java.time.Duration;

/** Time, real or of a test. */
public interface Later {

  /** Monotonic, in nanoseconds. */
  long now();

  /** Runs a task once, on a thread that it must not block. */
  void after(Duration delay, Runnable task);
}
