package io.github.upgradehandler.socketio;

import io.github.upgradehandler.room.log.Position;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client has got: all in the log up to a position, and of one node's events, which that node
 * sends before they are in the log, all up to one.
 *
 * @param node empty if everything sent was in the log
 * @param sequence 0 if there is no node
 */
record Place(Position position, String node, long sequence) {

  private static final Pattern TEXT =
      Pattern.compile("([0-9A-Za-z.]{3,51})(?:~([0-9A-Za-z_-]{1,32})\\.([0-9]{1,18}))?");

  static Place of(Position position) {
    return new Place(position, "", 0);
  }

  /** Reads what {@link #toString} has written, which a client may have changed. */
  static Optional<Place> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean ahead = parts.group(2) != null;
    return Position.parse(parts.group(1))
        .map(
            position ->
                ahead
                    ? new Place(position, parts.group(2), Long.parseLong(parts.group(3)))
                    : of(position));
  }

  /** Whether one that has got all of this has got all of another place too. */
  boolean covers(Place other) {
    if (offset() != other.offset()) {
      return offset() > other.offset();
    }
    return other.node.isEmpty() || (node.equals(other.node) && sequence >= other.sequence);
  }

  /** Whether an event of a node was got before it was in the log. */
  boolean hasAhead(String other, long number) {
    return node.equals(other) && number <= sequence;
  }

  long offset() {
    return position.offset();
  }

  /** The same node's events, at another position. */
  Place at(Position other) {
    return new Place(other, node, sequence);
  }

  /** For clients. */
  @Override
  public String toString() {
    return node.isEmpty() ? position.toString() : position + "~" + node + "." + sequence;
  }
}
