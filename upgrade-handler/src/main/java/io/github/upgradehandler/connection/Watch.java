package io.github.upgradehandler.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.State;
import io.github.upgradehandler.WebSocketConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * The deadlines of one connection. Looks at what the halves count, from time to time, so that
 * sending and receiving never touch a clock or a timer; a deadline is off by one look at most.
 */
final class Watch {

  /**
   * How long a failed connection may be quiet before it is ended: the peer has had the Close frame
   * by then, and many never answer it. Ending at once would lose it, since the kernel resets a
   * connection that is closed with unread bytes.
   */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Connection connection;
  private final Inbound inbound;
  private final Outbound outbound;
  private final WebSocketConfig config;
  private final Endpoint endpoint;

  private long heard;
  private long heardAt;
  private long milestone;
  private long milestoneAt;
  private long sent;
  private long sentAt;
  private long openAt;
  private boolean pinged;
  private volatile long pingedAt;
  private volatile long roundTripNanos = -1;

  Watch(Connection connection, Inbound inbound, Outbound outbound, Endpoint endpoint) {
    this.connection = connection;
    this.inbound = inbound;
    this.outbound = outbound;
    this.endpoint = endpoint;
    this.config = endpoint.config();
    long now = endpoint.now();
    heardAt = now;
    milestoneAt = now;
    sentAt = now;
    openAt = now;
  }

  void check(long now) {
    checkSending(now);
    if (outbound.state() == State.OPEN) {
      openAt = now;
      checkFrame(now);
      checkHeartbeat(now);
    } else if (now - openAt >= config.closeTimeout().toNanos()) {
      expire("the end of the closing handshake", config.closeTimeout());
    } else if (inbound.isFailed() && isQuiet(now)) {
      connection.endAside(null);
    }
  }

  Optional<Duration> roundTripTime() {
    return roundTripNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(roundTripNanos));
  }

  /** A pong that repeats what the last ping carried is its answer; others are the application's. */
  void pongReceived(ByteBuffer payload) {
    if (payload.remaining() == Long.BYTES && payload.getLong(payload.position()) == pingedAt) {
      roundTripNanos = endpoint.now() - pingedAt;
    }
  }

  private boolean isQuiet(long now) {
    long reads = inbound.reads();
    if (reads != heard || outbound.isUnsent()) {
      heard = reads;
      heardAt = now;
    }
    return now - heardAt >= LINGER.toNanos();
  }

  private void checkSending(long now) {
    long total = outbound.sentBytes();
    if (total != sent || !outbound.isUnsent()) {
      sent = total;
      sentAt = now;
    } else if (now - sentAt >= config.sendTimeout().toNanos()) {
      expire("progress in sending", config.sendTimeout());
    } else {
      outbound.flush(); // a handler that runs for long holds its messages back no longer
    }
  }

  private void checkFrame(long now) {
    if (config.frameTimeout().isZero() || !connection.isListening() || !inbound.isInsideFrame()) {
      milestoneAt = now;
      return;
    }
    long reached = inbound.milestones();
    if (reached != milestone) {
      milestone = reached;
      milestoneAt = now;
    } else if (now - milestoneAt >= config.frameTimeout().toNanos()) {
      connection.fail(
          CloseStatus.POLICY_VIOLATION.withReason("frame too slow"),
          timeout("the rest of a frame", config.frameTimeout()));
    }
  }

  private void checkHeartbeat(long now) {
    long reads = inbound.reads();
    if (reads != heard || !connection.isListening()) {
      heard = reads;
      heardAt = now;
      pinged = false;
    } else if (pinged) {
      if (now - pingedAt >= config.pongTimeout().toNanos()) {
        expire("a pong", config.pongTimeout());
      }
    } else if (!config.pingInterval().isZero()
        && now - heardAt >= config.pingInterval().toNanos()) {
      pinged = true;
      pingedAt = now;
      outbound.ping(ByteBuffer.allocate(Long.BYTES).putLong(0, now));
    }
  }

  private void expire(String missing, Duration after) {
    connection.endAside(timeout(missing, after));
  }

  private static TimeoutException timeout(String missing, Duration after) {
    return new TimeoutException(
        "waited for " + missing + " longer than " + after.toMillis() + " ms");
  }
}
