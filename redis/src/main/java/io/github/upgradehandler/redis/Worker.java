package io.github.upgradehandler.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
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

  Worker(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            },
            (task, stopped) -> {}); // what comes after the end is answered by who closes
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    executor.prestartAllCoreThreads();
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  void after(Duration delay, Runnable task) {
    ScheduledFuture<?> unused =
        executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a task of Redis's thread failed", e);
    }
  }

  /** Ends the thread after what it has to do now. */
  void stop() {
    executor.shutdown();
  }

  boolean awaitEnd(Duration patience) throws InterruptedException {
    return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
