package io.github.upgradehandler.room.log;

import java.time.Duration;

/**
 * How much of a room's log is kept. What is beyond one of the bounds is dropped, the oldest first.
 *
 * @param messages from 1
 * @param bytes of payload, from 1; one larger message is kept alone
 * @param time since the last message, more than 0: the whole log is dropped after it
 */
public record Retention(int messages, long bytes, Duration time) {

  /** 1000 messages, 1 MiB, one hour. */
  public static final Retention DEFAULTS = new Retention(1000, 1 << 20, Duration.ofHours(1));

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is too small; names it
   */
  public Retention {
    if (messages < 1) {
      throw new IllegalArgumentException("messages must be at least 1, not " + messages);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, not " + bytes);
    }
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be more than 0, not " + time);
    }
  }
}
