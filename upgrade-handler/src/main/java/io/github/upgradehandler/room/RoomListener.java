package io.github.upgradehandler.room;

/**
 * Is told of users coming and going. What happens to one room is told in the order in which it
 * happened and one after another, by any thread, perhaps after {@link Room#join} has returned to
 * another thread. The methods may send, join and leave; they must not block, since other rooms may
 * wait. What they throw is logged.
 */
public interface RoomListener {

  /** A user is in a room, with the first of their connections. */
  default void userJoined(Room room, String user) {}

  /** A user is in a room no more: the last of their connections has left or ended. */
  default void userLeft(Room room, String user) {}
}
