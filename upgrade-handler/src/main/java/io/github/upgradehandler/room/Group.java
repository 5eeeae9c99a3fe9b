package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of one channel and, for a room, how many of them each user has, and its subscribers.
 * Changed by one thread at a time, see {@link Groups}; read by any.
 */
final class Group {

  private final Audience.Kind kind;
  private final Set<Recipient> recipients = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> users = new ConcurrentHashMap<>(2);
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet(2);

  Group(Audience.Kind kind) {
    this.kind = kind;
  }

  /** Adds a member; whether it is the first of its user in a room. */
  boolean add(Member member) {
    recipients.add(member.recipient());
    String user = userIn(member);
    return user != null && users.merge(user, 1, Integer::sum) == 1;
  }

  /** Removes a member; whether it was the last of its user in a room. */
  boolean remove(Member member) {
    recipients.remove(member.recipient());
    String user = userIn(member);
    return user != null
        && users.computeIfPresent(user, (u, count) -> count == 1 ? null : count - 1) == null;
  }

  private @Nullable String userIn(Member member) {
    return kind == Audience.Kind.ROOM ? member.user() : null;
  }

  boolean isEmpty() {
    return recipients.isEmpty() && subscribers.isEmpty();
  }

  Set<Subscriber> subscribers() {
    return subscribers;
  }

  Set<Recipient> recipients() {
    return recipients;
  }

  Set<String> users() {
    return users.keySet();
  }
}
