package io.github.upgradehandler.room;

import org.jspecify.annotations.Nullable;

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

  // By hand: what a record generates keeps the class loader of an application in a cache of JDK 17.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Audience same && kind == same.kind && name.equals(same.name);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + name.hashCode();
  }

  static Audience user(String user) {
    return new Audience(Kind.USER, user);
  }

  static Audience room(String room) {
    return new Audience(Kind.ROOM, room);
  }
}
