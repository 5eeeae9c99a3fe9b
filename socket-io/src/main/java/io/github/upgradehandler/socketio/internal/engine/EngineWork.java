package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.internal.work.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads of a server: one for deadlines, and a few for what they cause. */
public final class EngineWork implements AutoCloseable {

  private static final int WORKERS = 8;
  private static final int IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor workers;
  private final @Nullable Executor configured;

  /**
   * Threads start when there is something to do; their context class loader is that of the thread
   * that calls this.
   *
   * @param configured runs the application's listeners; null if those threads do that bring the
   *     messages
   */
  public EngineWork(String name, @Nullable Executor configured) {
    this.configured = configured;
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    timer =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.counted(name + "-deadlines", application));
    timer.setRemoveOnCancelPolicy(true);
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.counted(name + "-worker", application));
    workers.allowCoreThreadTimeOut(true);
    workers.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** Runs a task on the timer's thread, which it must not keep. */
  public Future<?> after(Duration delay, Runnable task) {
    return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The same for what is not taken back. */
  public void later(Duration delay, Runnable task) {
    Future<?> unused = after(delay, task);
  }

  /** What a thread uses that is not to run the application's listeners itself. */
  public Executor aside() {
    return configured == null ? workers : configured;
  }

  /** The executor of the application's listeners; null if there is none of its own. */
  @Nullable Executor configured() {
    return configured;
  }

  /** Ends the timer; what has begun or waits for a worker is still done. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
  }
}
