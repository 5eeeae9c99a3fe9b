package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import io.github.upgradehandler.room.log.Top.Ancestor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The logs as a server keeps them, with all that can happen to its data. One room. */
final class SimulatedStore {

  /** The latest that a node has appended. */
  private record Latest(long sequence, long offset) {}

  /** All that a server would lose or keep together. */
  private record Data(
      String epoch,
      long top,
      List<Ancestor> lineage,
      TreeMap<Long, Entry> stream,
      Map<String, Latest> latest,
      int incarnation) {

    Data copy() {
      return new Data(
          epoch, top, lineage, new TreeMap<>(stream), new HashMap<>(latest), incarnation);
    }
  }

  static final int MOST_ANCESTORS = 8;

  private final List<Data> history = new ArrayList<>();
  private Data data;
  private int epochs;
  private int incarnation;

  /** The highest offset that was ever forgotten while later ones were kept. */
  private long trimmedEver;

  SimulatedStore() {
    data = empty();
  }

  private Data empty() {
    return new Data("e" + ++epochs, 0, List.of(), new TreeMap<>(), new HashMap<>(), incarnation);
  }

  /** Whoever comes first after the data changed hands begins another epoch. */
  private void noticeIncarnation() {
    if (data.incarnation != incarnation) {
      List<Ancestor> lineage = new ArrayList<>();
      lineage.add(new Ancestor(data.epoch, data.top));
      lineage.addAll(data.lineage);
      data =
          new Data(
              "e" + ++epochs,
              data.top,
              lineage.subList(0, Math.min(MOST_ANCESTORS, lineage.size())),
              data.stream,
              data.latest,
              incarnation);
    }
  }

  /** What an append did: where its last entry stands, and which are new. */
  record Appended(Position last, List<Position> positions, List<Entry> entries) {}

  Appended append(List<Entry> entries) {
    noticeIncarnation();
    history.add(data.copy());
    List<Position> positions = new ArrayList<>();
    List<Entry> added = new ArrayList<>();
    for (Entry entry : entries) {
      Latest latest = data.latest.getOrDefault(entry.node(), new Latest(0, 0));
      if (entry.sequence() > latest.sequence) {
        long offset = data.top + 1;
        data.stream.put(offset, entry);
        data.latest.put(entry.node(), new Latest(entry.sequence(), offset));
        data =
            new Data(data.epoch, offset, data.lineage, data.stream, data.latest, data.incarnation);
        positions.add(new Position(data.epoch, offset));
        added.add(entry);
      }
    }
    Latest last = data.latest.get(entries.get(0).node());
    return new Appended(new Position(data.epoch, last.offset), positions, added);
  }

  Top top() {
    noticeIncarnation();
    return new Top(new Position(data.epoch, data.top), data.lineage);
  }

  Run read(long after, int most) {
    noticeIncarnation();
    Map<Long, Entry> tail = data.stream.tailMap(after, false);
    List<Entry> entries = tail.values().stream().limit(most).toList();
    long first = tail.keySet().stream().findFirst().orElse(after + 1);
    return new Run(top(), first, entries);
  }

  /** Forgets the oldest. */
  void trim(int kept) {
    while (data.stream.size() > kept) {
      trimmedEver = Math.max(trimmedEver, data.stream.pollFirstEntry().getKey());
    }
  }

  /** Forgets everything, as after expiry or eviction. */
  void evict() {
    history.clear();
    data = empty();
  }

  /** Another server takes over, which may lack the latest appends. */
  void failOver(int lostAppends) {
    incarnation++;
    if (lostAppends > 0 && !history.isEmpty()) {
      int index = Math.max(0, history.size() - lostAppends);
      data = history.get(index).copy();
      history.subList(index, history.size()).clear();
    }
  }

  long trimmedEver() {
    return trimmedEver;
  }
}
