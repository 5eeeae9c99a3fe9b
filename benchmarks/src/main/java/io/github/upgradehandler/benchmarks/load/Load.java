package io.github.upgradehandler.benchmarks.load;

/** What the client does. */
enum Load {
  /** Every connection keeps {@code depth} messages on their way. */
  ECHO,
  /** The first connection keeps {@code depth} messages on their way to all. */
  BROADCAST,
  /** Every connection is closed as soon as it is open, and replaced. */
  CONNECT,
  /** All connections stay open. */
  IDLE,
  /** The first connection sends at a steady pace to all; see {@link StalledMembers}. */
  STALLED,
  /** As {@link #ECHO}, by requests; see {@link PollingClient}. */
  POLLING,
  /** The server sends at a steady pace to all, by its own thread. */
  LISTEN,
  /** As {@link #LISTEN}, on event streams; see {@link EventStreams}. */
  EVENT_STREAMS;

  /** A connection is the longest way through the code, and the least often gone. */
  private static final int WARM_UPS_OF_CONNECTING = 6;

  /** With one message at a time the fewest come in a second. */
  private static final int WARM_UPS_AT_DEPTH_1 = 2;

  /** How many times the warm-up, until the server's JVM has compiled what is measured. */
  int warmUps(int depth) {
    return switch (this) {
      case CONNECT -> WARM_UPS_OF_CONNECTING;
      case ECHO, POLLING -> depth == 1 ? WARM_UPS_AT_DEPTH_1 : 1;
      default -> 1;
    };
  }
}
