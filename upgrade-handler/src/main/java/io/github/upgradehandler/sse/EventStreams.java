package io.github.upgradehandler.sse;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.connection.Deadlines;
import io.github.upgradehandler.connection.Unfinished;
import io.github.upgradehandler.room.Room;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The event streams of one address, and the histories of the rooms that they show. */
public final class EventStreams {

  private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
  private static final int LOOKS_PER_DEADLINE = 8;

  private final EventStreamConfig config;
  private final Deadlines deadlines;
  private final Map<Room, RoomFeed> feeds = new ConcurrentHashMap<>();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Unfinished unfinished = new Unfinished();
  private final Future<?> looking;
  private volatile boolean draining;

  /** Without streams; the timer stays its owner's. */
  public EventStreams(EventStreamConfig config, Deadlines deadlines) {
    this.config = config;
    this.deadlines = deadlines;
    this.looking = deadlines.every(lookInterval(config), this::look);
  }

  /**
   * A stream of what is sent to a room from now on, or from behind the event that the client has
   * seen last. Nothing is written before {@link EventStream#onWritable}.
   *
   * @param lastEventId what the client says that it has; null or empty if it has none
   * @param admission of the client; released when the stream has ended
   */
  public EventStream open(
      Room room, @Nullable String lastEventId, EventOutput output, Admission admission) {
    EventStream stream = new EventStream(this, output, admission);
    unfinished.begin();
    streams.add(stream);
    // Under the map's lock for the room, as its removal: nobody is added to one that is going.
    feeds.compute(
        room,
        (key, existing) -> {
          RoomFeed feed = existing == null ? new RoomFeed(config).subscribedTo(key) : existing;
          feed.add(stream, lastEventId);
          return feed;
        });
    if (draining) {
      stream.finish();
    }
    return stream;
  }

  /** Whether {@link #drain} was called: no more requests are to be accepted. */
  public boolean isDraining() {
    return draining;
  }

  /** How many streams there are. */
  public int size() {
    return streams.size();
  }

  /**
   * Ends every stream, those first that have everything; waits for the others for at most {@link
   * EventStreamConfig#drainTimeout}. Blocks; once.
   */
  public void drain() {
    draining = true;
    streams.forEach(EventStream::finish);
    unfinished.await(config.drainTimeout());
    streams.forEach(EventStream::end);
    looking.cancel(false);
    feeds.forEach((room, feed) -> room.unsubscribe(feed));
    feeds.clear();
  }

  /** The options in force. */
  public EventStreamConfig config() {
    return config;
  }

  long now() {
    return deadlines.now();
  }

  void remove(EventStream stream, @Nullable RoomFeed feed) {
    if (feed != null) {
      feed.remove(stream, now());
    }
    if (streams.remove(stream)) {
      unfinished.end();
      stream.admission().release();
    }
  }

  /** How many rooms have a history. */
  int feeds() {
    return feeds.size();
  }

  /** Has every stream, history and guard look at its deadlines. */
  void look() {
    long now = now();
    for (EventStream stream : streams) {
      try {
        stream.check(now);
      } catch (RuntimeException e) {
        System.getLogger("io.github.upgradehandler").log(Level.ERROR, "an event stream", e);
      }
    }
    feeds.keySet().forEach(room -> forgetIfExpired(room, now));
    Deadlines.look(config.guards(), now);
  }

  private void forgetIfExpired(Room room, long now) {
    feeds.computeIfPresent(
        room,
        (key, feed) -> {
          if (!feed.isExpired(now)) {
            return feed;
          }
          key.unsubscribe(feed);
          return null;
        });
  }

  private static Duration lookInterval(EventStreamConfig config) {
    Duration shorter =
        config.sendTimeout().compareTo(config.heartbeatInterval()) < 0
            ? config.sendTimeout()
            : config.heartbeatInterval();
    Duration interval = shorter.dividedBy(LOOKS_PER_DEADLINE).plusMillis(1);
    return interval.compareTo(LONGEST_LOOK) < 0 ? interval : LONGEST_LOOK;
  }
}
