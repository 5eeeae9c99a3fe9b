package io.github.upgradehandler.benchmarks.load;

/** What the client does. */
enum Load {
  /** Every connection keeps {@code depth} messages on their way. */
  ECHO,
  /** The first connection keeps {@code depth} messages on their way to all. */
  BROADCAST,
  /**
   * The first connection sends to all at a steady pace, as long as all have what it sent before;
   * latencies count from when a message was due, until the last has it.
   */
  PACED,
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

  /** Whether it waits between two messages to all. */
  boolean isPaced() {
    return this == PACED || this == LISTEN || this == EVENT_STREAMS;
  }

  /** Where the server has it, if there is one server. */
  String path() {
    return switch (this) {
      case BROADCAST -> "/broadcast";
      case STALLED, PACED -> "/room";
      case LISTEN -> "/timer";
      case EVENT_STREAMS -> "/events";
      default -> "/echo";
    };
  }

  /** How many times the warm-up, until the server's JVM has compiled what is measured. */
  int warmUps(int depth) {
    return switch (this) {
      case CONNECT -> WARM_UPS_OF_CONNECTING;
      case ECHO, POLLING -> depth == 1 ? WARM_UPS_AT_DEPTH_1 : 1;
      default -> 1;
    };
  }
}
