package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.work.Outstanding;
import io.github.upgradehandler.internal.work.Workers;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The executors on which the connections of a group run. Thread-safe. */
final class ConnectionExecutors {

  private final @Nullable Executor configured;
  private final Workers workers;
  private final Outstanding unfinished;
  private final Executor handlers;
  private final Executor container;
  private final Executor closer = this::closeOnWorker;

  /**
   * The executors of a group.
   *
   * @param configured the application's; null: handlers run on the container's threads, and on the
   *     workers where no thread of it has come
   * @param unfinished counts the transports that are being closed
   */
  ConnectionExecutors(@Nullable Executor configured, Workers workers, Outstanding unfinished) {
    this.configured = configured;
    this.workers = workers;
    this.unfinished = unfinished;
    this.handlers = configured == null ? workers.handlers() : orWorkers(configured);
    this.container = configured == null ? Runnable::run : handlers;
  }

  /** Where handlers run when a thread of the container has come for their connection. */
  Executor container() {
    return container;
  }

  /** Where handlers run otherwise. */
  Executor handlers() {
    return handlers;
  }

  /** Where transports are closed by threads that cannot wait for it; draining waits for it. */
  Executor closer() {
    return closer;
  }

  /**
   * Where a connection continues after its turn.
   *
   * @param transport where its transport wants that; null: anywhere
   */
  Executor afterOthers(@Nullable Executor transport) {
    return configured == null && transport != null ? transport : handlers;
  }

  private void closeOnWorker(Runnable close) {
    unfinished.begin();
    workers
        .closers()
        .execute(
            () -> {
              try {
                close.run();
              } finally {
                unfinished.end();
              }
            });
  }

  /**
   * What an executor of the application rejects, since it is full, shut down or broken, runs on the
   * library's own threads: never on the thread that submits it, which may hold the locks of a
   * container or be the timer's.
   */
  private Executor orWorkers(Executor application) {
    return task -> {
      try {
        application.execute(task);
      } catch (RejectedExecutionException e) {
        workers.handlers().execute(task);
      } catch (Throwable e) {
        Log.failure("the configured executor", e);
        workers.handlers().execute(task);
      }
    };
  }
}
