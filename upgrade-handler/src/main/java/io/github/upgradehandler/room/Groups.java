package io.github.upgradehandler.room;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The groups that anyone is in: one is made with its first and is gone with its last, both under
 * the map's lock for that channel, so that nothing is added to one that is being removed.
 */
final class Groups {

  /** Is told of changes, in order for each channel, under the lock: to be noted, not acted on. */
  interface Changes {
    void opened(Audience channel);

    void emptied(Audience channel);

    /** A member has come to a channel, or has left it. */
    void membersChanged(Audience channel);

    /** The first member of a user has come to a room. */
    void userJoined(Audience room, Member first);

    /** The last member of a user has left a room. */
    void userLeft(Audience room, Member last);
  }

  private final Map<Audience, Group> groups = new ConcurrentHashMap<>();
  private final Changes changes;

  Groups(Changes changes) {
    this.changes = changes;
  }

  /** Adds a member that is not in the channel. */
  void add(Audience channel, Member member) {
    change(
        channel,
        group -> {
          if (group.add(member)) {
            changes.userJoined(channel, member);
          }
          changes.membersChanged(channel);
        });
  }

  /** Adds a subscriber, which is no member. */
  void add(Audience channel, Subscriber subscriber) {
    change(channel, group -> group.subscribers().add(subscriber));
  }

  /** Removes a member that is in the channel. */
  void remove(Audience channel, Member member) {
    change(
        channel,
        group -> {
          if (group.remove(member)) {
            changes.userLeft(channel, member);
          }
          changes.membersChanged(channel);
        });
  }

  /** Removes a subscriber; does nothing if it is none. */
  void remove(Audience channel, Subscriber subscriber) {
    if (groups.containsKey(channel)) {
      change(channel, group -> group.subscribers().remove(subscriber));
    }
  }

  private void change(Audience channel, Consumer<Group> change) {
    groups.compute(
        channel,
        (key, existing) -> {
          Group group = existing == null ? new Group(key.kind()) : existing;
          if (existing == null) {
            changes.opened(key);
          }
          change.accept(group);
          if (!group.isEmpty()) {
            return group;
          }
          changes.emptied(key);
          return null;
        });
  }

  /** The members of a channel; null if there are none. */
  @Nullable Group get(Audience channel) {
    return groups.get(channel);
  }

  /** How many connections are in a channel. */
  int size(Audience channel) {
    Group group = groups.get(channel);
    return group == null ? 0 : group.recipients().size();
  }

  /** The users in a room; a snapshot. */
  Set<String> users(String room) {
    Group group = groups.get(Audience.room(room));
    return group == null ? Set.of() : Set.copyOf(group.users());
  }

  /** The names of the channels of a kind that have members. */
  Set<String> names(Audience.Kind kind) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .filter(entry -> !entry.getValue().recipients().isEmpty())
        .map(entry -> entry.getKey().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }
}
