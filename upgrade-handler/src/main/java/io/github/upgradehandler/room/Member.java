package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A recipient with its user and its rooms. Its own lock guards which rooms it is in. */
final class Member {

  private final Recipient recipient;
  private final @Nullable String user;
  private final Set<String> rooms = new HashSet<>(2);
  private boolean ended;

  Member(Recipient recipient, @Nullable String user) {
    this.recipient = recipient;
    this.user = user;
  }

  Recipient recipient() {
    return recipient;
  }

  @Nullable String user() {
    return user;
  }

  /** Its rooms; to be changed under its lock. */
  Set<String> rooms() {
    return rooms;
  }

  synchronized Set<String> roomsNow() {
    return Set.copyOf(rooms);
  }

  synchronized boolean isIn(String room) {
    return rooms.contains(room);
  }

  /** Whether the connection has ended, so that it must not join any more. */
  boolean hasEnded() {
    return ended;
  }

  /** The channels besides rooms that it is in from its first day to its last. */
  List<Audience> standingChannels() {
    return user == null
        ? List.of(Audience.EVERYONE)
        : List.of(Audience.EVERYONE, Audience.user(user));
  }

  void end() {
    ended = true;
  }
}
