package io.github.upgradehandler.room;

import io.github.upgradehandler.WebSocket;
import java.util.Optional;

/** Decides which connections may join a room. */
@FunctionalInterface
public interface JoinRule {

  /** Everyone may join every room. */
  JoinRule OPEN = (socket, room) -> Optional.empty();

  /**
   * Whether to refuse; asked on the thread that joins, before anything has changed, and for a
   * member that joins again not at all.
   *
   * @return why the connection may not join, or empty if it may
   */
  Optional<String> refusal(WebSocket socket, String room);
}
