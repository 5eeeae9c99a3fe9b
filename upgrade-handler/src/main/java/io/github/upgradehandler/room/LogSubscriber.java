package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;

/**
 * Receives what is published to a logged room without being a connection, see {@link
 * Room#subscribe(LogSubscriber)}: what keeps a state that the messages make, or brings them to
 * clients of its own. Equal to itself alone.
 *
 * <p>Called by any thread, one after another; must neither block nor throw. Of each message
 * subscribers are told before members: so {@link LogFraming} may use what a subscriber keeps.
 */
public interface LogSubscriber {

  /** It has all up to a position, and gets from now on what comes after; called once. */
  void onAttached(Position position);

  /** The next message. */
  void onMessage(Position position, PreparedMessage message);

  /** What comes next does not follow on what came before. */
  void onLost(Lost lost);
}
