package io.github.upgradehandler.internal.log;

/**
 * How many lines about one thing may still be written: the first of each interval, which begins
 * with the first of them. Thread-safe.
 */
final class Allowance {

  private final int max;
  private final long intervalNanos;
  private long since;
  private int written;
  private long leftOut;
  private long overdue; // left out in intervals that are over

  Allowance(int max, long intervalNanos) {
    this.max = max;
    this.intervalNanos = intervalNanos;
  }

  /**
   * Asks for one more line.
   *
   * @param now in nanoseconds
   * @return false if it is left out, and counted
   */
  synchronized boolean take(long now) {
    if (written == 0 || isOver(now)) {
      overdue += leftOut;
      leftOut = 0;
      since = now;
      written = 0;
    }
    if (written == max) {
      leftOut++;
      return false;
    }
    written++;
    return true;
  }

  /** How many were left out in intervals that are over; each counts once. */
  synchronized long takeOverdue(long now) {
    if (isOver(now)) {
      return takeLeftOut();
    }
    long count = overdue;
    overdue = 0;
    return count;
  }

  /** How many were left out so far; each counts once. */
  synchronized long takeLeftOut() {
    long count = overdue + leftOut;
    overdue = 0;
    leftOut = 0;
    return count;
  }

  /** Whether {@link #takeOverdue} would tell of some. */
  synchronized boolean isOverdue(long now) {
    return overdue > 0 || (leftOut > 0 && isOver(now));
  }

  private boolean isOver(long now) {
    return now - since >= intervalNanos;
  }
}
