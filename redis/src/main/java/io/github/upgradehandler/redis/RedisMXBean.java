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
}
