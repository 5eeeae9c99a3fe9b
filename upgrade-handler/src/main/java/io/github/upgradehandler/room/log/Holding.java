package io.github.upgradehandler.room.log;

import java.time.Duration;

/**
 * What becomes of a message to a logged room that cannot be appended at once, since the engine is
 * away: it is held, and tried again and again. What is beyond one of the bounds is answered with
 * {@link Published.Refused}; or with {@link Published.Unknown} where a try was never answered.
 *
 * @param time that a message is held for, 0 or more: with 0 it is tried once
 * @param bytes that one node holds, of all its rooms, from 1; one larger message is held alone
 */
public record Holding(Duration time, long bytes) {

  /** 2 seconds, in which an engine can fail and be back, and 1 MiB. */
  public static final Holding DEFAULTS = new Holding(Duration.ofSeconds(2), 1 << 20);

  /** Nothing is held: who publishes is told at once that the engine is away. */
  public static final Holding NONE = DEFAULTS.withTime(Duration.ZERO);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is too small; names it
   */
  public Holding {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time must not be negative, but is " + time);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, not " + bytes);
    }
  }

  /** The same with another {@link #time}. */
  public Holding withTime(Duration value) {
    return new Holding(value, bytes);
  }

  /** The same with other {@link #bytes}. */
  public Holding withBytes(long value) {
    return new Holding(time, value);
  }
}
