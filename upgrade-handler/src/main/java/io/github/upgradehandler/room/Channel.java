package io.github.upgradehandler.room;

/**
 * Whom a message is for.
 *
 * @param kind what the name names
 * @param name the room or the user; empty for everyone
 */
public record Channel(Kind kind, String name) {

  /** What a channel's name names. */
  public enum Kind {
    /** Every connection that the rooms know. */
    EVERYONE,
    /** The connections of one user. */
    USER,
    /** The members of one room. */
    ROOM
  }

  static final Channel EVERYONE = new Channel(Kind.EVERYONE, "");

  static Channel user(String user) {
    return new Channel(Kind.USER, user);
  }

  static Channel room(String room) {
    return new Channel(Kind.ROOM, room);
  }
}
