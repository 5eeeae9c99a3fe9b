package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.room.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rooms have a history: each room that is shown, and for a while those that were. Rooms may
 * have the names that clients choose, so the number of those without streams is bounded: of them
 * the one that was left longest ago goes first.
 *
 * <p>Thread-safe; calls no other code under its lock.
 */
final class Histories {

  private final EventStreamConfig config;
  private final Map<Room, RoomFeed> feeds = new HashMap<>();
  private final Map<RoomFeed, Integer> shown = new HashMap<>();

  /** Those that no stream shows, and since when, in the order in which they were left. */
  private final Map<RoomFeed, Long> left = new LinkedHashMap<>();

  private boolean closed;

  Histories(EventStreamConfig config) {
    this.config = config;
  }

  /** The history of a room for one more stream, until {@link #leave}. */
  synchronized RoomFeed enter(Room room) {
    RoomFeed feed = feeds.get(room);
    if (feed == null) {
      feed = new RoomFeed(config, room);
      feeds.put(room, feed);
    }
    shown.merge(feed, 1, Integer::sum);
    left.remove(feed);
    return feed;
  }

  /** A stream needs a history no more. */
  synchronized void leave(RoomFeed feed, long now) {
    if (shown.computeIfPresent(feed, (key, count) -> count == 1 ? null : count - 1) == null) {
      left.put(feed, now);
    }
  }

  /** Nothing is kept any more but what streams show. */
  synchronized void close() {
    closed = true;
  }

  /** Removes those whose time is over and those that are too many, to be unsubscribed. */
  synchronized List<RoomFeed> takeForgotten(long now) {
    List<RoomFeed> forgotten = new ArrayList<>(0);
    Iterator<Map.Entry<RoomFeed, Long>> oldest = left.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<RoomFeed, Long> next = oldest.next();
      if (!closed
          && feeds.size() <= config.maxHistories()
          && now - next.getValue() < config.historyTime().toNanos()) {
        break;
      }
      oldest.remove();
      feeds.remove(next.getKey().room());
      forgotten.add(next.getKey());
    }
    return forgotten;
  }

  synchronized int size() {
    return feeds.size();
  }
}
