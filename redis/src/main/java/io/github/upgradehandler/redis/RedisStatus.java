package io.github.upgradehandler.redis;

import java.time.Duration;
import java.time.Instant;

/**
 * How a node stands with Redis.
 *
 * @param connected whether it can be used
 * @param since when that is so
 * @param reason why it is away; empty while it is connected
 * @param incarnation which server, and since which start or promotion; empty if it may not be asked
 * @param connections made since the start
 * @param probe how long the last probe took from being published to coming back
 * @param dropped messages to plain rooms that other nodes did not get from this one
 */
public record RedisStatus(
    boolean connected,
    Instant since,
    String reason,
    String incarnation,
    long connections,
    Duration probe,
    long dropped) {}
