package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.WebSocket;
import java.util.Optional;
import java.util.function.BiFunction;

/** Decides which connections may join a room. */
@FunctionalInterface
public interface JoinRule {

  /** Everyone may join every room. */
  JoinRule OPEN = ofRecipients((member, room) -> Optional.empty());

  /**
   * Whether to refuse; asked on the thread that joins, before anything has changed, and for a
   * member that joins again not at all.
   *
   * @return why the connection may not join, or empty if it may
   */
  Optional<String> refusal(WebSocket socket, String room);

  /**
   * Whether to refuse one that may be no WebSocket. Those that are none are refused, since the rule
   * does not know them, unless it is one {@link #ofRecipients}.
   *
   * @return why it may not join, or empty if it may
   */
  default Optional<String> refusal(Recipient recipient, String room) {
    return recipient instanceof WebSocket socket
        ? refusal(socket, room)
        : Optional.of("for WebSockets only");
  }

  /** A rule that decides about all members alike, be they WebSockets or not. */
  static JoinRule ofRecipients(BiFunction<Recipient, String, Optional<String>> refusal) {
    return new JoinRule() {
      @Override
      public Optional<String> refusal(WebSocket socket, String room) {
        return refusal.apply(socket, room);
      }

      @Override
      public Optional<String> refusal(Recipient recipient, String room) {
        return refusal.apply(recipient, room);
      }
    };
  }
}
