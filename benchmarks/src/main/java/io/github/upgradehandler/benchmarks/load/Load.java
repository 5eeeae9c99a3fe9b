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
  EVENT_STREAMS
}
