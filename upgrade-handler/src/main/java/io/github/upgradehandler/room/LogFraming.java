package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;

/**
 * How the members of logged rooms are told where they stand: what they say when they come back, see
 * {@link Room#resume}. The methods are called once for each message and node, and must not block.
 */
public interface LogFraming {

  /** The message with its position, as members get it. */
  PreparedMessage message(String room, Position position, PreparedMessage message);

  /** What a member gets whose next message does not follow on its last. */
  PreparedMessage lost(String room, Lost lost);

  /** What a member gets that has joined, and has nothing to be told yet. */
  PreparedMessage joined(String room, Position position);
}
