package io.github.upgradehandler.internal.work;

import java.time.Duration;

/**
 * The time during which the process runs, for deadlines. A process that was stopped (SIGSTOP, a
 * suspended machine, a long collection) finds in its sockets what came meanwhile: time stands still
 * for as long as it was stopped, and then for a second more, in which that is read. So no peer
 * counts as silent whose bytes were not read.
 *
 * <p>{@link #at} and {@link #beforeLast} are confined to one thread at a time, {@link #last} is
 * thread-safe.
 */
public final class RunningTime {

  /** How much later than asked for a timer may come on a busy machine. */
  private static final Duration SLACK = Duration.ofMillis(250);

  private static final Duration CATCHING_UP = Duration.ofSeconds(1);

  private final long longestStep;
  private long seen;
  private long toCatchUp;
  private long previous;
  private volatile long running;

  /**
   * Starts at the clock's time.
   *
   * @param interval the time between two calls of {@link #at}
   * @param now in nanoseconds, of a monotonic clock
   */
  public RunningTime(Duration interval, long now) {
    longestStep = interval.plus(SLACK).toNanos();
    seen = now;
    running = now;
    previous = now;
  }

  /**
   * The running time, in nanoseconds.
   *
   * @param now in nanoseconds, of the clock that this began with
   */
  public long at(long now) {
    long step = now - seen;
    long before = running; // changed by the caller alone
    seen = now;
    previous = before;
    if (step > longestStep) {
      toCatchUp = CATCHING_UP.toNanos();
    } else if (toCatchUp > 0) {
      toCatchUp -= step;
    } else {
      running = before + step;
    }
    return running;
  }

  /** What {@link #at} said the time before the last. */
  public long beforeLast() {
    return previous;
  }

  /** What {@link #at} said last. */
  public long last() {
    return running;
  }
}
