package io.github.upgradehandler.servlet.undertow;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The I/O thread of one connection of Undertow; not known before the first call of a listener. */
final class UndertowThread {

  /** XNIO's threads are executors. */
  private volatile @Nullable Thread thread;

  private final Executor afterOthers = this::goOnAfterOthers;

  /** To be called by a listener. */
  void calledBack() {
    if (thread == null) {
      thread = Thread.currentThread();
    }
  }

  boolean isCurrent() {
    return thread == Thread.currentThread();
  }

  /** The thread, if it is known and not the caller's. */
  @Nullable Executor writingExecutor() {
    return isCurrent() ? null : (Executor) thread;
  }

  /**
   * Where a task runs on it after the events that are ready for others, if it is known. Tasks that
   * submit themselves again there hold up no others, see {@link UndertowTurns}.
   */
  @Nullable Executor afterOthers() {
    return thread == null ? null : afterOthers;
  }

  private void goOnAfterOthers(Runnable task) {
    if (isCurrent()) {
      UndertowTurns.afterOthers(task);
    } else {
      execute(() -> afterOthersOrNow(task));
    }
  }

  private static void afterOthersOrNow(Runnable task) {
    try {
      UndertowTurns.afterOthers(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /**
   * Runs a task on it, if it is known: else a listener is still to be called.
   *
   * @throws RejectedExecutionException if the server is stopping
   */
  void execute(Runnable task) {
    Thread known = thread;
    if (known != null) {
      ((Executor) known).execute(task);
    }
  }

  /** Runs a task that must run on it, or at once if it is not known or the server is stopping. */
  void run(Runnable task) {
    if (thread == null || isCurrent()) {
      task.run();
      return;
    }
    try {
      execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
