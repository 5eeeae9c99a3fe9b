package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest entries of a room, for those that come back soon. While many come back, it may reach
 * further back: one read of the log then serves all of them. Not thread-safe.
 */
final class Tail {

  private final int maxBytes;
  private final int extendedBytes;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long last;
  private int bytes;
  private boolean extended;

  /**
   * Empty.
   *
   * @param maxBytes of payload that is kept
   * @param extendedBytes the same from {@link #extend} to {@link #shrink}
   */
  Tail(int maxBytes, int extendedBytes) {
    this.maxBytes = maxBytes;
    this.extendedBytes = extendedBytes;
  }

  /** Forgets all: the next entry comes after this offset. */
  void restart(long offset) {
    entries.clear();
    bytes = 0;
    last = offset;
  }

  void add(Entry entry) {
    last++;
    entries.add(entry);
    bytes += entry.message().length();
    trim();
  }

  /**
   * Adds what the log has before its entries, as far as it fits.
   *
   * @param first the offset of the first of them
   * @return whether it was not extended before
   */
  boolean extend(long first, List<Entry> read) {
    long next = last - entries.size(); // the offset before the first that is here
    boolean reaches = first + read.size() > next;
    for (long i = next - first; reaches && i >= 0; i--) {
      Entry entry = read.get(Math.toIntExact(i));
      if (bytes + entry.message().length() > extendedBytes) {
        break;
      }
      bytes += entry.message().length();
      entries.addFirst(entry);
    }
    boolean before = extended;
    extended = true;
    return !before;
  }

  /** Keeps no more than it did before {@link #extend}. */
  void shrink() {
    extended = false;
    trim();
  }

  private void trim() {
    while (bytes > (extended ? extendedBytes : maxBytes)) {
      bytes -= entries.remove().message().length();
    }
  }

  /** Whether all that came after an offset is here. */
  boolean covers(long after) {
    return after >= last - entries.size();
  }

  /** What came after an offset that {@link #covers} it. */
  List<Entry> since(long after) {
    List<Entry> all = new ArrayList<>(entries);
    return all.subList(Math.toIntExact(all.size() - (last - after)), all.size());
  }
}
