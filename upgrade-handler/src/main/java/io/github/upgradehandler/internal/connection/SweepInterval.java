package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.Timeouts;
import java.time.Duration;
import java.util.stream.Stream;

/** How often a group sweeps over the deadlines of its connections. */
final class SweepInterval {

  private static final Duration MAX = Duration.ofMillis(250);
  private static final Duration MIN = Duration.ofMillis(5);
  private static final int SWEEPS_PER_DEADLINE = 8;

  private SweepInterval() {}

  /** Often enough for the shortest of the deadlines. */
  static Duration of(Timeouts timeouts) {
    Duration interval =
        Stream.of(
                timeouts.sendTimeout(),
                timeouts.pingInterval(),
                timeouts.pongTimeout(),
                timeouts.frameTimeout(),
                timeouts.closeTimeout())
            .filter(timeout -> !timeout.isZero())
            .min(Duration::compareTo)
            .orElseThrow()
            .dividedBy(SWEEPS_PER_DEADLINE);
    return interval.compareTo(MIN) < 0 ? MIN : interval.compareTo(MAX) > 0 ? MAX : interval;
  }
}
