package io.github.upgradehandler.redis;

import io.github.upgradehandler.internal.work.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that calls the client library, which leaves thread-locals on each that does. All
 * state that changes is confined to it. Thread-safe.
 */
final class Worker implements Executor {

  static final Logger LOG = System.getLogger("io.github.upgradehandler.redis");

  private final ScheduledThreadPoolExecutor executor;

  /** What is to be done, so that it can be done at the end. */
  private final Set<Task> waiting = ConcurrentHashMap.newKeySet();

  Worker(String name) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    executor =
        new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.thread(task, name, application));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartAllCoreThreads();
  }

  /** Runs a task soon; after the end at once, by the caller: then it only answers someone. */
  @Override
  public void execute(Runnable action) {
    Task task = new Task(action);
    waiting.add(task);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** Runs a task after a while, or at the end, if that is before; after the end never. */
  void after(Duration delay, Runnable action) {
    Task task = new Task(action);
    waiting.add(task);
    try {
      ScheduledFuture<?> unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      waiting.remove(task);
    }
  }

  /** Something to be done once. */
  private final class Task implements Runnable {

    private final Runnable action;

    Task(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      if (waiting.remove(this)) {
        try {
          action.run();
        } catch (Throwable e) {
          LOG.log(Level.ERROR, "a task of Redis's thread failed", e);
        }
      }
    }
  }

  /** Ends the thread; called by itself. */
  void stop() {
    executor.shutdown();
    waiting.forEach(Task::run);
  }

  boolean awaitEnd(Duration patience) throws InterruptedException {
    return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
