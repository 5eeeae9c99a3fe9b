package io.github.upgradehandler.room.log;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the log of a room: after a message, or before the first. Within an epoch offsets grow
 * by one with each message; an epoch and an offset never name two messages.
 *
 * @param epoch names the log that the offset is of: up to 32 letters and digits. There is another
 *     where a log was lost, or may have lost its end
 * @param offset from 0, which is before the first message
 */
public record Position(String epoch, long offset) {

  private static final Pattern EPOCH = Pattern.compile("[0-9A-Za-z]{1,32}");
  private static final Pattern TEXT = Pattern.compile("([0-9A-Za-z]{1,32})\\.([0-9]{1,18})");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not as described
   */
  public Position {
    if (!EPOCH.matcher(epoch).matches()) {
      throw new IllegalArgumentException("epoch '" + epoch + "': 1 to 32 letters and digits");
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " is below 0");
    }
  }

  /** Reads what {@link #toString} has written, which a client may have changed. */
  public static Optional<Position> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new Position(parts.group(1), Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  /** The place so many messages on, in the same epoch. */
  public Position plus(long messages) {
    return new Position(epoch, offset + messages);
  }

  /** The same offset in another epoch. */
  public Position in(String other) {
    return epoch.equals(other) ? this : new Position(other, offset);
  }

  /** As {@code epoch.offset}, for clients and event ids. */
  @Override
  public String toString() {
    return epoch + "." + offset;
  }
}
