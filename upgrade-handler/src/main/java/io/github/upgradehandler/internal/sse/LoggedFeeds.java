package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.room.Room;
import java.util.HashMap;
import java.util.Map;

/**
 * The feeds of logged rooms, each as long as a stream shows it: what was missed is in the log.
 * Thread-safe.
 */
final class LoggedFeeds {

  private final EventStreams owner;
  private final Map<Room, LoggedFeed> feeds = new HashMap<>();
  private final Map<LoggedFeed, Integer> shown = new HashMap<>();

  LoggedFeeds(EventStreams owner) {
    this.owner = owner;
  }

  /** The feed of a room for one more stream, until {@link #leave}. */
  synchronized LoggedFeed enter(Room room) {
    LoggedFeed feed = feeds.computeIfAbsent(room, shownFirst -> new LoggedFeed(owner, shownFirst));
    shown.merge(feed, 1, Integer::sum);
    return feed;
  }

  /** A stream needs a feed no more. */
  synchronized void leave(LoggedFeed feed) {
    if (shown.computeIfPresent(feed, (key, count) -> count == 1 ? null : count - 1) == null) {
      feeds.remove(feed.room());
    }
  }

  synchronized int size() {
    return feeds.size();
  }
}
