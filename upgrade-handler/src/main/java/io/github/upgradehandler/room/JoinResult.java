package io.github.upgradehandler.room;

/**
 * What became of joining a room.
 *
 * @param outcome what happened
 * @param reason why it was refused; empty otherwise
 */
public record JoinResult(Outcome outcome, String reason) {

  /** What happened. */
  public enum Outcome {
    /** The connection is a member now. */
    JOINED,
    /** It was one before; nothing changed. */
    ALREADY_JOINED,
    /** {@link JoinRule}, the bound of rooms for each connection or the engine forbids it. */
    REFUSED,
    /** The connection has ended. */
    CLOSED
  }

  static final JoinResult JOINED = new JoinResult(Outcome.JOINED, "");
  static final JoinResult ALREADY_JOINED = new JoinResult(Outcome.ALREADY_JOINED, "");
  static final JoinResult CLOSED = new JoinResult(Outcome.CLOSED, "");

  static JoinResult refused(String reason) {
    return new JoinResult(Outcome.REFUSED, reason);
  }

  /** Whether the connection is a member, since now or before. */
  public boolean isMember() {
    return outcome == Outcome.JOINED || outcome == Outcome.ALREADY_JOINED;
  }
}
