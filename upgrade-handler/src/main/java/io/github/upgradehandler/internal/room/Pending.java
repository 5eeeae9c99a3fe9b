package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries that were pushed before it was their turn. What does not fit, or is of another epoch, is
 * dropped and remembered: the log has it. Not thread-safe.
 */
final class Pending {

  private final int maxBytes;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private @Nullable String epoch;
  private int bytes;
  private boolean incomplete;

  Pending(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(Position position, Entry entry) {
    if (epoch == null) {
      epoch = position.epoch();
    }
    int length = entry.message().length();
    if (!position.epoch().equals(epoch) || bytes + length > maxBytes) {
      incomplete = true;
    } else if (entries.putIfAbsent(position.offset(), entry) == null) {
      bytes += length;
    }
  }

  /** Something came that is not here. */
  void missed() {
    incomplete = true;
  }

  /** Takes the one that follows a position; null if it is not here. */
  @Nullable Entry takeAfter(Position at) {
    if (!at.epoch().equals(epoch)) {
      incomplete |= !entries.isEmpty();
      clear();
      return null;
    }
    while (!entries.isEmpty() && entries.firstKey() <= at.offset()) {
      remove(entries.firstKey());
    }
    return entries.containsKey(at.offset() + 1) ? remove(at.offset() + 1) : null;
  }

  /** Whether something came that is not here, or that is not reached yet; asked once for each. */
  boolean takeBehind() {
    boolean behind = incomplete || !entries.isEmpty();
    incomplete = false;
    return behind;
  }

  void clear() {
    entries.clear();
    bytes = 0;
    epoch = null;
  }

  private @Nullable Entry remove(long offset) {
    Entry entry = entries.remove(offset);
    if (entry != null) {
      bytes -= entry.message().length();
    }
    if (entries.isEmpty()) {
      epoch = null;
    }
    return entry;
  }
}
