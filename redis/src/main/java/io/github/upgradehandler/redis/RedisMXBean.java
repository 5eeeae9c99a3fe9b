package io.github.upgradehandler.redis;

/** How a node stands with Redis, in JMX: see {@link RedisStatus}. */
public interface RedisMXBean {

  /** Whether Redis can be used. */
  boolean isConnected();

  /** Since when that is so, in UTC. */
  String getSince();

  /** Why it is away; empty while it is connected. */
  String getReason();

  /** How many connections were made since the start. */
  long getConnections();

  /** How long the last probe took from being published to coming back. */
  long getProbeMicros();

  /** How many messages to plain rooms other nodes did not get from this one. */
  long getDroppedMessages();

  /** How many messages to logged rooms are published and not answered yet. */
  long getHeldMessages();

  /** Their payload, and 256 bytes for each. */
  long getHeldBytes();

  /** How many messages to logged rooms were refused, of the engines that are not closed. */
  long getRefusedMessages();

  /**
   * Of how many messages to logged rooms it is not known whether they stand in the log, of the
   * engines that are not closed.
   */
  long getUnknownMessages();

  /**
   * How often a member or subscriber of a logged room was told of a gap, of the engines that are
   * not closed.
   */
  long getToldLost();

  /** How often a part of a log was read, since it had not come by itself. */
  long getFills();
}
