package io.github.upgradehandler.guard;

import java.util.concurrent.TimeUnit;

/**
 * A bucket of tokens that fills at a steady rate up to a burst. Confined to one thread at a time.
 *
 * <p>Kept as the time at which it will be full again, so that nothing is to be done while time
 * passes. What costs more than a burst passes when the bucket is full, and is paid for afterwards.
 */
final class TokenBucket {

  /** How fast a bucket fills, and how much it holds. */
  record Rate(long perSecond, long burst) {

    static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Long.MAX_VALUE);

    boolean isUnlimited() {
      return perSecond == Long.MAX_VALUE;
    }
  }

  private final Rate rate;
  private final long burstNanos;
  private long fullAt;

  TokenBucket(Rate rate, long now) {
    this.rate = rate;
    this.burstNanos = nanos(rate.burst());
    this.fullAt = now;
  }

  /** Whether so many tokens can be taken now. */
  boolean has(long tokens, long now) {
    return rate.isUnlimited() || missing(now) + Math.min(nanos(tokens), burstNanos) <= burstNanos;
  }

  /** Takes tokens, be they there or not. */
  void take(long tokens, long now) {
    if (!rate.isUnlimited()) {
      fullAt = now + missing(now) + nanos(tokens);
    }
  }

  /** The time until it is full. */
  private long missing(long now) {
    return Math.max(0, fullAt - now);
  }

  /** The time in which so many tokens come. */
  private long nanos(long tokens) {
    return (long) ((double) tokens / rate.perSecond() * TimeUnit.SECONDS.toNanos(1));
  }
}
