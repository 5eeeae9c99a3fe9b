package io.github.upgradehandler.socketio.internal.engine;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one session or namespace, one thing after another, each seeing the memory
 * effects of the one before. Thread-safe.
 */
public final class Inbox {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final EngineWork work;
  private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by this
  private boolean running; // guarded by this

  /** Nothing is to be done yet. */
  public Inbox(EngineWork work) {
    this.work = work;
  }

  /**
   * Does it after what is there, on this thread or that of the one before.
   *
   * @return how many things wait with it; 0 if it is done
   */
  int here(Runnable task) {
    synchronized (this) {
      if (running) {
        tasks.add(task);
        return tasks.size();
      }
      running = true;
    }
    run(task);
    drain();
    return 0;
  }

  /** Does it after what is there, on the executor of the application if it has one. */
  void here(Runnable task, @Nullable Executor executor) {
    if (executor == null) {
      here(task);
    } else if (add(task)) {
      executor.execute(this::drain);
    }
  }

  /** Does it after what is there, never on this thread. */
  public void aside(Runnable task) {
    here(task, work.aside());
  }

  /** The same after a while. */
  void later(Duration delay, Runnable task) {
    work.later(delay, () -> aside(task));
  }

  /** How many things wait. */
  synchronized int size() {
    return tasks.size();
  }

  private synchronized boolean add(Runnable task) {
    tasks.add(task);
    if (running) {
      return false;
    }
    running = true;
    return true;
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = tasks.poll();
    running = task != null;
    return task;
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      run(task);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(ERROR, "a task of a Socket.IO session failed", e);
    }
  }
}
