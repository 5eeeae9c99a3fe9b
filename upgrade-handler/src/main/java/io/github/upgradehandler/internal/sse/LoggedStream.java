package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import java.util.function.Supplier;

/**
 * Brings a room's log to one stream. One that cannot take an event gets none after it: it is ended,
 * and its client comes back to where it was.
 */
final class LoggedStream implements LogSubscriber {

  /** What its client says that it has seen. */
  enum Claim {
    NOTHING,
    POSITION,
    /** What is no position of any log. */
    MALFORMED
  }

  private enum Stage {
    /** It is given what it missed, which is bounded, and may wait beside what is allowed else. */
    CATCHING_UP,
    LIVE,
    /** It is being ended. */
    OVER
  }

  private final EventStreams owner;
  private final LoggedFeed feed;
  private final EventStream stream;
  private final Claim claim;

  // Confined to the calls for it, of which one comes after another.
  private Stage stage = Stage.CATCHING_UP;
  private int missedBytes;

  /** A stream that is about to be subscribed. */
  LoggedStream(EventStreams owner, LoggedFeed feed, EventStream stream, Claim claim) {
    this.owner = owner;
    this.feed = feed;
    this.stream = stream;
    this.claim = claim;
  }

  @Override
  public void onAttached(Position position) {
    if (claim == Claim.NOTHING) {
      give(() -> Event.standing(position.toString()));
    } else if (claim == Claim.MALFORMED) {
      onLost(new Lost(Reason.UNKNOWN, position));
    }
    stage = stage == Stage.OVER ? Stage.OVER : Stage.LIVE;
    stream.flush();
  }

  @Override
  public void onMessage(Position position, PreparedMessage message) {
    give(() -> feed.event(position, message));
  }

  @Override
  public void onLost(Lost lost) {
    give(() -> Event.lost(lost));
  }

  private void give(Supplier<Event> made) {
    if (stage == Stage.OVER) {
      return;
    }
    try {
      Event event = made.get();
      if (stage == Stage.CATCHING_UP) {
        missedBytes += event.length();
        stream.offer(event, Integer.MAX_VALUE);
      } else if (stream.offer(event, owner.config().outboundLimitBytes() + missedBytes)) {
        stream.flush();
      } else {
        end(stream::endOverflowing);
      }
    } catch (Throwable e) { // no memory: a client that comes back gets it from the log
      Log.failure("an event stream", e);
      end(stream::end);
    }
  }

  /**
   * By another thread: ending calls guards, and the room's other streams must not wait for them.
   */
  private void end(Runnable end) {
    stage = Stage.OVER;
    owner.onWorker("ending an event stream", end);
  }
}
