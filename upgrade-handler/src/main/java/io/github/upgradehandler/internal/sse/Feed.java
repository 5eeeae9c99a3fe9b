package io.github.upgradehandler.internal.sse;

import org.jspecify.annotations.Nullable;

/** What brings a room's messages to streams. Thread-safe. */
sealed interface Feed permits RoomFeed, LoggedFeed {

  /**
   * Adds a stream, unless it has ended.
   *
   * @param lastEventId the last event that the client says it has; null or empty if it has none
   */
  void add(EventStream stream, @Nullable String lastEventId);

  /** A stream has ended. */
  void remove(EventStream stream);
}
