package io.github.upgradehandler.room.log;

/**
 * What has become of the messages to the logged rooms of one node, since its start but for what is
 * held.
 *
 * @param held messages that are published and not answered yet
 * @param heldBytes their payload, and 256 bytes for each
 * @param refused messages that were answered with {@link Published.Refused}
 * @param unknown messages that were answered with {@link Published.Unknown}
 * @param lost how often a member or subscriber was told of a gap, see {@link Lost}
 */
public record LogCounts(long held, long heldBytes, long refused, long unknown, long lost) {

  /** Nothing. */
  public static final LogCounts ZERO = new LogCounts(0, 0, 0, 0, 0);

  /** Both together. */
  public LogCounts plus(LogCounts other) {
    return new LogCounts(
        held + other.held,
        heldBytes + other.heldBytes,
        refused + other.refused,
        unknown + other.unknown,
        lost + other.lost);
  }
}
