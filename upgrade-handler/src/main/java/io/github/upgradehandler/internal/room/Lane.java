package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.internal.log.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks in order and one after another, without a lock: by the thread that adds one while no
 * other runs them. Thread-safe.
 */
public final class Lane {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Adds a task for {@link #run}, under whatever lock orders the tasks. */
  public void add(Runnable task) {
    tasks.add(task);
  }

  /** Adds a task and runs what waits. */
  public void run(Runnable task) {
    add(task);
    run();
  }

  /** Runs what waits, unless another thread does. */
  public void run() {
    // The busy thread checks again after its last task: so one of the two sees a new one.
    while (!tasks.isEmpty() && busy.compareAndSet(false, true)) {
      try {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          runOne(task);
        }
      } finally {
        busy.set(false);
      }
    }
  }

  private static void runOne(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Log.failure("a listener of rooms, an engine or a backplane failed", e);
    }
  }
}
