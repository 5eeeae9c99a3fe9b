package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.work.Cork;
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

  /** Of a room: how many of its members each user has. */
  Map<String, Integer> userCounts() {
    return users;
  }

  /**
   * Sends a message to all but one.
   *
   * @param channel whose group this is, for the log
   * @return how many connections have accepted it
   */
  int deliver(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    for (Subscriber subscriber : subscribers) {
      try {
        subscriber.onMessage(message);
      } catch (Throwable e) {
        Log.failure("a subscriber of " + channel + " failed", e);
      }
    }
    int accepted = 0;
    Cork.Hold held = Cork.hold();
    try {
      for (Recipient recipient : recipients) {
        if (recipient != except && accepts(recipient, message)) {
          accepted++;
        }
      }
    } finally {
      held.end();
    }
    return accepted;
  }

  /** What sending to one throws must not keep the message from the others. */
  private static boolean accepts(Recipient recipient, PreparedMessage message) {
    try {
      return Answered.by(
              recipient, "send", recipient.send(message), "a result, such as SendResult.ACCEPTED")
          .isAccepted();
    } catch (Throwable e) {
      Log.failure("sending to " + recipient.id() + " failed", e);
      return false;
    }
  }
}
