package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Deadlines;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The deadlines of the guards that have let in what is there at the moment, checked on a thread of
 * their own. Thread-safe.
 */
public final class GuardDeadlines {

  private final Executor guards;
  private final Map<Deadlines, Integer> holders = new ConcurrentHashMap<>(2);
  private final AtomicBoolean checking = new AtomicBoolean();

  /**
   * Without any.
   *
   * @param guards where they are checked: they are the application's, and may block
   */
  public GuardDeadlines(Executor guards) {
    this.guards = guards;
  }

  /** A guard has let something in. */
  public void add(Admission admission) {
    for (Deadlines added : admission.deadlines()) {
      holders.merge(added, 1, Integer::sum);
    }
  }

  /** What was let in has ended. */
  public void remove(Admission admission) {
    for (Deadlines removed : admission.deadlines()) {
      holders.computeIfPresent(removed, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Remembers an admission and releases it when its connection has ended. Not left to a handler,
   * which is told nothing of a connection that never opens.
   *
   * @param ended asked only where there is something to remember
   */
  public void hold(Admission admission, Supplier<CompletionStage<?>> ended) {
    if (admission == Admission.UNCONDITIONAL) {
      return;
    }
    add(admission);
    ended
        .get()
        .thenRun(
            () -> {
              remove(admission);
              admission.release();
            });
  }

  /** Has all of them checked, unless a guard has not returned since the last time. */
  public void check(long now) {
    if (!holders.isEmpty() && checking.compareAndSet(false, true)) {
      guards.execute(
          () -> {
            try {
              for (Deadlines each : holders.keySet()) {
                Failures.run("deadlines of a guard", () -> each.check(now));
              }
            } finally {
              checking.set(false);
            }
          });
    }
  }
}
