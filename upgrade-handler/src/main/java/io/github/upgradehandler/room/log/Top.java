package io.github.upgradehandler.room.log;

import java.util.List;

/**
 * The end of a log, and what came before its epoch.
 *
 * @param position of the last message
 * @param lineage the epochs that this one continues, the latest first; those from long ago may be
 *     missing
 */
public record Top(Position position, List<Ancestor> lineage) {

  /**
   * An epoch whose log goes on under another.
   *
   * @param epoch its name
   * @param base the offset of the last message that is left of it
   */
  public record Ancestor(String epoch, long base) {}

  /** Keeps a copy. */
  public Top {
    lineage = List.copyOf(lineage);
  }

  /** Whether the log up to a position is part of this one. */
  public boolean continues(Position earlier) {
    if (earlier.epoch().equals(position.epoch())) {
      return earlier.offset() <= position.offset();
    }
    long left = position.offset();
    for (Ancestor ancestor : lineage) {
      left = Math.min(left, ancestor.base());
      if (ancestor.epoch().equals(earlier.epoch())) {
        return earlier.offset() <= left;
      }
    }
    return false;
  }
}
