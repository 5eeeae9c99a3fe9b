package io.github.upgradehandler.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections that have to sign in, each with its deadline. Nothing is kept of one that has
 * signed in, was refused or is gone. Thread-safe; calls no other code under its lock.
 */
final class Visitors {

  /** Sweeps come four times a second: before one that is so much later the process stood still. */
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  /** Time to read what came while the process stood still. */
  private static final long CATCHING_UP = TimeUnit.SECONDS.toNanos(1);

  private static final class Deadline {
    private final long since;
    private long dueAt;

    Deadline(long since, long dueAt) {
      this.since = since;
      this.dueAt = dueAt;
    }
  }

  // All have equally long: in the order in which they came they are due too.
  private final Map<Visitor, Deadline> waitedFor = new LinkedHashMap<>();
  private boolean swept;
  private long lastSweep;

  synchronized void add(Visitor visitor, long since, long dueAt) {
    waitedFor.put(visitor, new Deadline(since, dueAt));
  }

  synchronized void remove(Visitor visitor) {
    waitedFor.remove(visitor);
  }

  synchronized int size() {
    return waitedFor.size();
  }

  /** Closes those whose time is over. */
  void refuseOverdue(long now, String reason) {
    RuntimeException failed = null;
    for (Visitor overdue : overdue(now)) {
      try {
        overdue.refuse(reason);
        remove(overdue);
      } catch (Throwable e) { // the next sweep tries again
        failed = new IllegalStateException("an overdue connection could not be closed", e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private synchronized List<Visitor> overdue(long now) {
    if (swept && now - lastSweep > LONGEST_STEP) {
      passOver(now);
    }
    swept = true;
    lastSweep = now;
    List<Visitor> overdue = new ArrayList<>(0);
    for (Map.Entry<Visitor, Deadline> next : waitedFor.entrySet()) {
      if (next.getValue().dueAt - now > 0) {
        break;
      }
      overdue.add(next.getKey());
    }
    return overdue;
  }

  /** Does not count the time since the last sweep: what came meanwhile was not read. */
  private void passOver(long now) {
    for (Deadline deadline : waitedFor.values()) {
      long stoodStill = Math.min(now - lastSweep, now - deadline.since);
      deadline.dueAt = now + Math.max(deadline.dueAt - now + stoodStill, CATCHING_UP);
    }
  }
}
