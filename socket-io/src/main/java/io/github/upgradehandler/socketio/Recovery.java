package io.github.upgradehandler.socketio;

import java.time.Duration;

/**
 * How clients whose connection has broken come back: with their id, rooms and data, and what they
 * have missed.
 *
 * @param maxDisconnectionDuration how long they may be away; positive
 * @param skipMiddlewares whether a namespace's middleware is not asked again
 * @param maxPackets how many events of a namespace are kept; at least 1
 * @param maxBytes about how many bytes the kept events of a namespace take; at least 1
 * @param maxSessions how many clients of a namespace that are away are kept; at least 1
 */
public record Recovery(
    Duration maxDisconnectionDuration,
    boolean skipMiddlewares,
    int maxPackets,
    long maxBytes,
    int maxSessions) {

  private static final long DEFAULT_BYTES = 64L << 20;

  /** Two minutes, without asking the middleware, 10,000 events, 64 MiB and 10,000 clients. */
  public static final Recovery DEFAULTS = new Recovery(Duration.ofMinutes(2), true, 10_000, 10_000);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Recovery {
    if (maxDisconnectionDuration.isZero() || maxDisconnectionDuration.isNegative()) {
      throw new IllegalArgumentException(
          "maxDisconnectionDuration is " + maxDisconnectionDuration + ": it has to be positive");
    }
    if (maxPackets < 1 || maxBytes < 1 || maxSessions < 1) {
      throw new IllegalArgumentException(
          "maxPackets is %d, maxBytes %d, maxSessions %d: at least 1 each"
              .formatted(maxPackets, maxBytes, maxSessions));
    }
  }

  /**
   * With the default of {@link #maxBytes}.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Recovery(
      Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxPackets, int maxSessions) {
    this(maxDisconnectionDuration, skipMiddlewares, maxPackets, DEFAULT_BYTES, maxSessions);
  }
}
