package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Those that are known, from the first time on until they end, and what they are in. Thread-safe.
 */
final class Members {

  private final Function<Recipient, Optional<String>> userOf;
  private final int maxRooms;
  private final Groups groups;
  private final OrderedEvents events;
  private final BiConsumer<Recipient, String> left;
  private final Map<Recipient, Member> members = new ConcurrentHashMap<>();

  /**
   * Nobody yet.
   *
   * @param userOf asked once for each
   * @param maxRooms that one may be in
   * @param events are told after each change, when no lock is held
   * @param left is told who has left which room
   */
  Members(
      Function<Recipient, Optional<String>> userOf,
      int maxRooms,
      Groups groups,
      OrderedEvents events,
      BiConsumer<Recipient, String> left) {
    this.userOf = userOf;
    this.maxRooms = maxRooms;
    this.groups = groups;
    this.events = events;
    this.left = left;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  boolean isIn(Recipient recipient, String room) {
    Member member = members.get(recipient);
    return member != null && member.isIn(room);
  }

  /** What is known of a recipient, from now on if nothing was. */
  Member of(Recipient recipient) {
    Member known = members.get(recipient);
    if (known != null) {
      return known;
    }
    Member made = new Member(recipient, userOf.apply(recipient).orElse(null));
    List<Audience> standing = made.standingChannels();
    try {
      synchronized (made) {
        known = members.putIfAbsent(recipient, made);
        if (known != null) {
          return known;
        }
        standing.forEach(channel -> groups.add(channel, made));
      }
      standing.forEach(events::tell);
      // Once for each member: an action cannot be removed from a stage. Runs now if it has ended.
      Answered.by(
              recipient,
              "whenClosed",
              recipient.whenClosed(),
              "a stage, such as new CompletableFuture<>()")
          .thenRun(() -> end(made));
    } catch (Throwable e) {
      end(made); // nothing else would ever remove it
      throw e;
    }
    return made;
  }

  /**
   * Joins a room.
   *
   * @param joined run after the change, in the order of changes and without a lock
   */
  JoinResult join(Recipient recipient, String room, Runnable joined) {
    Audience channel = Audience.room(room);
    JoinResult result = add(of(recipient), channel, joined);
    events.tell(channel);
    return result;
  }

  boolean leave(Recipient recipient, String room) {
    Member member = members.get(recipient);
    Audience channel = Audience.room(room);
    boolean left = member != null && remove(member, channel);
    events.tell(channel);
    return left;
  }

  /** The rooms that one is in; a snapshot. */
  Set<String> roomsOf(Recipient recipient) {
    Member member = members.get(recipient);
    return member == null ? Set.of() : member.roomsNow();
  }

  void leaveAll(Recipient recipient) {
    roomsOf(recipient).forEach(room -> leave(recipient, room));
  }

  private JoinResult add(Member member, Audience room, Runnable joined) {
    synchronized (member) {
      if (member.hasEnded()) {
        return JoinResult.CLOSED;
      }
      if (member.rooms().contains(room.name())) {
        return JoinResult.ALREADY_JOINED;
      }
      if (member.rooms().size() >= maxRooms) {
        return JoinResult.refused("in " + maxRooms + " rooms already");
      }
      member.rooms().add(room.name());
      groups.add(room, member);
      events.add(room, joined);
      return JoinResult.JOINED;
    }
  }

  private boolean remove(Member member, Audience room) {
    synchronized (member) {
      if (!member.rooms().remove(room.name())) {
        return false;
      }
      groups.remove(room, member);
      events.add(room, () -> left.accept(member.recipient(), room.name()));
      return true;
    }
  }

  private void end(Member member) {
    synchronized (member) {
      member.end();
    }
    leaveAll(member.recipient());
    List<Audience> standing = member.standingChannels();
    standing.forEach(channel -> groups.remove(channel, member));
    members.remove(member.recipient(), member);
    standing.forEach(events::tell);
  }
}
