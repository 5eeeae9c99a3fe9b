package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Engine;
import java.time.Duration;

/** Time, real or of a test. */
public interface Later {

  /** Monotonic, in nanoseconds. */
  long now();

  /** Runs a task once, on a thread that it must not block. */
  void after(Duration delay, Runnable task);

  /** The system's clock, and an engine's thread. */
  static Later of(Engine engine) {
    return new Later() {
      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public void after(Duration delay, Runnable task) {
        engine.after(delay, task);
      }
    };
  }
}
