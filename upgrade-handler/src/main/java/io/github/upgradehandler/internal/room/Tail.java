package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The latest entries of a room, for those that come back soon. Not thread-safe. */
final class Tail {

  private final int maxBytes;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long last;
  private int bytes;

  Tail(int maxBytes) {
    this.maxBytes = maxBytes;
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
    while (bytes > maxBytes) {
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
