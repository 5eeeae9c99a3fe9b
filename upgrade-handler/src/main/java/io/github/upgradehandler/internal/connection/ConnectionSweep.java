package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.ImmediateStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Sweeps over the deadlines of every connection of a group. The timer's thread only checks them:
 * what is due is done by another, so that neither a container nor an application can delay the
 * deadlines of others.
 */
final class ConnectionSweep {

  private final Set<Connection> connections;
  private final Executor closers;

  /**
   * A sweep over what is there at the time.
   *
   * @param closers where what is due is done
   */
  ConnectionSweep(Set<Connection> connections, Executor closers) {
    this.connections = connections;
    this.closers = closers;
  }

  /** Sweeps, at a time of {@link io.github.upgradehandler.internal.work.RunningTime}. */
  void at(long now) {
    List<Runnable> due = new ArrayList<>(0);
    for (Connection connection : connections) {
      try {
        Runnable act = connection.check(now);
        if (act != null) {
          due.add(act);
        }
      } catch (Throwable e) {
        Log.failure(connection.id() + ": deadlines", e);
      }
    }
    if (!due.isEmpty()) {
      closers.execute(
          () -> ImmediateStages.none(() -> due.forEach(act -> Failures.run("a deadline", act))));
    }
  }
}
