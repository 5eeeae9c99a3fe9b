package io.github.upgradehandler.room.log;

import java.util.List;

/**
 * A part of a log.
 *
 * @param top the end of the log when it was read
 * @param first the offset of the first entry
 * @param entries one after another, without a gap; empty where nothing is left after the position
 *     that was asked for
 */
public record Run(Top top, long first, List<Entry> entries) {

  /** Keeps a copy. */
  public Run {
    entries = List.copyOf(entries);
  }
}
