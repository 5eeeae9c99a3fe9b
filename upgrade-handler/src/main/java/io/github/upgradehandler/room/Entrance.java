package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.room.log.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets connections into rooms, or says why not. */
final class Entrance {

  private final JoinRule rule;
  private final Members members;
  private final RoomLogs logs;
  private final RoomPresences presences;

  Entrance(JoinRule rule, Members members, RoomLogs logs, RoomPresences presences) {
    this.rule = rule;
    this.members = members;
    this.logs = logs;
    this.presences = presences;
  }

  /**
   * Makes a connection a member.
   *
   * @param from what it has seen already, if it says so
   */
  JoinResult join(Recipient recipient, String room, @Nullable Position from) {
    if (members.isIn(recipient, room)) {
      return JoinResult.ALREADY_JOINED;
    }
    Optional<String> refusal =
        rule.refusal(recipient, room)
            .or(() -> logs.refusal(room))
            .or(() -> presences.refusal(room));
    return refusal.isPresent()
        ? JoinResult.refused(refusal.get())
        : members.join(recipient, room, () -> logs.joined(recipient, room, from));
  }
}
