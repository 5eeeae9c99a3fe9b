package io.github.upgradehandler.internal.work;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of threads of the library's own. Tasks that they cannot run at once wait in
 * order; where no thread can be started, for the existing ones, or for {@link #revive}. A task
 * submitted after {@link #shutdown} runs on its caller's thread, so that none is lost.
 */
public final class WorkerPool implements Executor {

  private static final int IDLE_SECONDS = 5;

  private final LinkedTransferQueue<Runnable> waiting = new Handover();
  private final ThreadPoolExecutor threads;

  public WorkerPool(String purpose, int maxThreads) {
    threads =
        new ThreadPoolExecutor(
            0,
            maxThreads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            waiting,
            DaemonThreads.named(purpose),
            this::allBusy);
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    } catch (Throwable e) { // mostly: no thread can be started
      waiting.put(task);
    }
  }

  /** Tries again to start a thread for what waits, if there is none; called from time to time. */
  public void revive() {
    if (!waiting.isEmpty() && threads.getPoolSize() == 0) {
      Runnable first = waiting.poll();
      if (first != null) {
        execute(first);
      }
    }
  }

  /** Threads at the moment. */
  public int size() {
    return threads.getPoolSize();
  }

  /** Lets the threads end when everything that waits is done. */
  public void shutdown() {
    threads.shutdown();
  }

  private void allBusy(Runnable task, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    waiting.put(task);
  }

  /** Offers to idle threads alone, so that the pool starts another one where there is none. */
  private static final class Handover extends LinkedTransferQueue<Runnable> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }
}
