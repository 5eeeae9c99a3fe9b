package io.github.upgradehandler.room;

/**
 * Whom a message is for.
 *
 * @param kind what the name names
 * @param name the room or the user; empty for everyone
 */
public record Audience(Kind kind, String name) {

  /** What a channel's name names. */
  public enum Kind {
    /** Every connection that the rooms know. */
    EVERYONE,
    /** The connections of one user. */
    USER,
    /** The members of one room. */
    ROOM
  }

  static final Audience EVERYONE = new Audience(Kind.EVERYONE, "");

  static Audience user(String user) {
    return new Audience(Kind.USER, user);
  }

  static Audience room(String room) {
    return new Audience(Kind.ROOM, room);
  }
}
