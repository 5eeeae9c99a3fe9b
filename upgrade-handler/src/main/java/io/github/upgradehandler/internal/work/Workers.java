package io.github.upgradehandler.internal.work;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * The threads of an endpoint's own, or of event streams, in groups, none of which waits for
 * another: handlers may block; guards and what depends on a stage should not, and may; and a
 * transport is closed, and a deadline acted on, whatever those do.
 */
public final class Workers {

  private static final int MAX_HANDLERS = 64;
  private static final int MAX_CALLBACKS = 8;
  private static final int MAX_CLOSERS = 8;

  private final Executor handlers;
  private final Executor guards;
  private final Executor callbacks;
  private final Executor closers;
  private final List<WorkerPool> pools;

  private Workers(
      WorkerPool handlers, WorkerPool guards, WorkerPool callbacks, WorkerPool closers) {
    this.handlers = handlers;
    this.guards = guards;
    this.callbacks = callbacks;
    this.closers = closers;
    this.pools = List.of(handlers, guards, callbacks, closers);
  }

  /** All on one executor but for callbacks; both are shut down by their creator. */
  public Workers(Executor all, Executor callbacks) {
    this.handlers = all;
    this.guards = all;
    this.callbacks = callbacks;
    this.closers = all;
    this.pools = List.of();
  }

  /** Threads of its own, to be shut down. */
  public static Workers threads() {
    return new Workers(
        new WorkerPool("worker", MAX_HANDLERS),
        new WorkerPool("guard", 1),
        new WorkerPool("callback", MAX_CALLBACKS),
        new WorkerPool("closer", MAX_CLOSERS));
  }

  /** Where handlers run if no thread of the container has come for their connection. */
  public Executor handlers() {
    return handlers;
  }

  /** Where guards check their deadlines. */
  public Executor guards() {
    return guards;
  }

  /** Where stages are completed for threads that no dependent action may delay. */
  public Executor callbacks() {
    return callbacks;
  }

  /** Where deadlines are acted on and transports closed: nothing of the application runs there. */
  public Executor closers() {
    return closers;
  }

  /** Starts threads that could not be started before; called from time to time. */
  public void revive() {
    pools.forEach(WorkerPool::revive);
  }

  /** Lets the threads end when everything that waits is done. */
  public void shutdown() {
    pools.forEach(WorkerPool::shutdown);
  }
}
