package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.Timeouts;
import io.github.upgradehandler.internal.work.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one connection. Each sweep checks what the two halves have counted, so that
 * sending and receiving never touch a clock or a timer; a deadline is off by one sweep at most.
 */
final class ConnectionDeadlines {

  /**
   * How long a failed connection may be quiet before it is ended: the peer has had the Close frame
   * by then, and many never answer it. Ending at once would lose it, since the kernel resets a
   * connection that is closed with unread bytes.
   */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Lifecycle life;
  private final Inbound inbound;
  private final Outbound outbound;
  private final ConnectionGroup group;

  private int heard;
  private long heardAt; // or when it was pinged after that
  private int milestone;
  private long milestoneAt;
  private long sent;
  private long sentAt;
  private long openAt;
  private boolean pinged;
  private boolean resting;

  /** The payload of the ping whose pong is awaited: the time at which it was sent. */
  private volatile @Nullable Long awaited;

  private volatile long roundTripNanos = -1;
  private volatile @Nullable AskedPings askedPings; // made under the monitor
  private boolean ended; // guarded by the monitor

  ConnectionDeadlines(Lifecycle life, Inbound inbound, Outbound outbound, ConnectionGroup group) {
    this.life = life;
    this.inbound = inbound;
    this.outbound = outbound;
    this.group = group;
    long now = group.runningTime().last();
    heardAt = now;
    milestoneAt = now;
    sentAt = now;
    openAt = now;
  }

  /**
   * Whether nothing was under way at the last sweep, nothing has come or was queued since, and no
   * ping is due: so stand most connections at most times, and {@link #check} has nothing to do. Of
   * a million, each look at another object counts.
   */
  boolean isResting(long now) {
    return resting
        && inbound.reads() == heard
        && outbound.writer().isUntouchedSince(sent)
        && !isHeartbeatDue(now);
  }

  /**
   * Checks the deadlines; called by the timer's thread, which must not be blocked.
   *
   * @param listening whether the peer's silence is its own
   * @return what is to be done, if anything
   */
  @Nullable Runnable check(long now, boolean listening) {
    if (resting) {
      resting = false;
      long before = group.runningTime().beforeLast(); // the last sweep, which saw it rest
      sentAt = before;
      milestoneAt = before;
      openAt = before;
    }
    Runnable due = checkSending(now);
    if (due != null) {
      return due;
    }
    if (outbound.state() == ConnectionState.OPEN) {
      openAt = now;
      due = checkFrame(now, listening);
      if (due == null) {
        due = checkHeartbeat(now, listening);
      }
      resting = !pinged && listening && !inbound.isInsideFrame() && !outbound.writer().isUnsent();
      return due;
    }
    if (now - openAt >= timeouts().closeTimeout().toNanos()) {
      return isHandshakeOver()
          ? () -> end(null)
          : expired("the end of the closing handshake", "closeTimeout", timeouts().closeTimeout());
    }
    return life.phase() == Phase.FAILED && isQuiet(now) ? () -> end(null) : null;
  }

  Optional<Duration> roundTripTime() {
    return roundTripNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(roundTripNanos));
  }

  /** The pings that the application asks for; made with the first. */
  synchronized AskedPings askedPings() {
    AskedPings made = askedPings;
    if (made == null) {
      made = new AskedPings(outbound, group::now);
      if (ended) {
        made.end();
      }
      askedPings = made;
    }
    return made;
  }

  /** The connection has ended: nothing more is awaited. */
  void end() {
    AskedPings made;
    synchronized (this) {
      ended = true;
      made = askedPings;
    }
    if (made != null) {
      made.end();
    }
  }

  /** The first pong that repeats what the last ping carried is its answer (section 5.5.3). */
  void pongReceived(ByteBuffer payload) {
    AskedPings asked = askedPings;
    if (asked != null) {
      asked.pongReceived(payload);
    }
    Long sentAt = awaited;
    if (sentAt != null
        && payload.remaining() == Long.BYTES
        && payload.getLong(payload.position()) == sentAt) {
      awaited = null;
      roundTripNanos = group.now() - sentAt;
    }
  }

  /** Whether a client waits only for the server to end TCP (section 7.1.1), which is no failure. */
  private boolean isHandshakeOver() {
    return outbound.state() == ConnectionState.CLOSED && !outbound.writer().isUnsent();
  }

  private boolean isQuiet(long now) {
    int reads = inbound.reads();
    if (reads != heard || outbound.writer().isUnsent()) {
      heard = reads;
      heardAt = now;
    }
    return now - heardAt >= LINGER.toNanos();
  }

  private @Nullable Runnable checkSending(long now) {
    long total = outbound.sentBytes();
    if (total != sent || !outbound.writer().isUnsent()) {
      sent = total;
      sentAt = now;
      return null;
    }
    if (now - sentAt >= timeouts().sendTimeout().toNanos()) {
      return expired("progress in sending", "sendTimeout", timeouts().sendTimeout());
    }
    // A handler that runs for long no longer holds back what it has sent.
    return outbound.writer().isFlushable() ? outbound::flush : null;
  }

  private @Nullable Runnable checkFrame(long now, boolean listening) {
    if (timeouts().frameTimeout().isZero() || !listening || !inbound.isInsideFrame()) {
      milestoneAt = now;
      return null;
    }
    int reached = inbound.milestones();
    if (reached != milestone) {
      milestone = reached;
      milestoneAt = now;
    } else if (now - milestoneAt >= timeouts().frameTimeout().toNanos()) {
      milestoneAt = now;
      return () ->
          life.fail(
              CloseStatus.POLICY_VIOLATION.withReason("frame too slow"),
              timeout("the rest of a frame", "frameTimeout", timeouts().frameTimeout()));
    }
    return null;
  }

  private @Nullable Runnable checkHeartbeat(long now, boolean listening) {
    int reads = inbound.reads();
    if (reads != heard || !listening) {
      heard = reads;
      heardAt = now;
      pinged = false;
    } else if (pinged) {
      if (now - heardAt >= timeouts().pongTimeout().toNanos()) {
        return expired("a pong", "pongTimeout", timeouts().pongTimeout());
      }
    } else if (isHeartbeatDue(now)) {
      pinged = true;
      heardAt = now; // from now on a pong is waited for
      return this::ping;
    }
    return null;
  }

  private boolean isHeartbeatDue(long now) {
    Duration interval = timeouts().pingInterval();
    return !interval.isZero() && now - heardAt >= interval.toNanos();
  }

  private void ping() {
    long now = group.now();
    awaited = now;
    outbound.ping(ByteBuffer.allocate(Long.BYTES).putLong(0, now));
  }

  private Runnable expired(String missing, String option, Duration after) {
    return () -> end(timeout(missing, option, after));
  }

  private void end(@Nullable Throwable cause) {
    life.end(cause, Caller.OTHER_THREAD);
  }

  private Timeouts timeouts() {
    return group.config().timeouts();
  }

  private static TimeoutException timeout(String missing, String option, Duration after) {
    return new TimeoutException(
        "waited for " + missing + " longer than " + after.toMillis() + " ms (" + option + ")");
  }
}
