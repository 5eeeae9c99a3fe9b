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

  private final String whose;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Nothing to do yet.
   *
   * @param whose the tasks are, for the log if one throws
   */
  public Lane(String whose) {
    this.whose = whose;
  }

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

  private void runOne(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Log.failure(whose + " failed", e);
    }
  }
}
