package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.github.upgradehandler.room.log.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of a namespace's log as one node knows it, and this node's events that are not in the log
 * yet. Guarded by its owner's lock.
 */
final class EventTail {

  private static final int VALUE_BYTES = 8;

  private final String node;
  private final int maxEvents;
  private final long maxBytes;
  private final long maxNanos;
  private final Deque<Kept> logged = new ArrayDeque<>();
  private final Deque<Kept> ahead = new ArrayDeque<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Set<String> epochs = new HashSet<>();
  private @Nullable Position end; // null until the log is there
  private long forgotten;
  private long sequence;
  private long loggedBytes;
  private long aheadBytes;
  private boolean overflown;

  /**
   * An event.
   *
   * @param position null if it is not in the log yet
   */
  record Kept(@Nullable Position position, long at, LogEntry.Event event, long bytes) {}

  EventTail(String node, int maxEvents, long maxBytes, long maxNanos) {
    this.node = node;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.maxNanos = maxNanos;
  }

  /** What comes does not follow on what is known. */
  void begin(Position position) {
    logged.clear();
    loggedBytes = 0;
    long own = sequences.getOrDefault(node, 0L);
    sequences.clear();
    sequences.put(node, own);
    epochs.clear();
    epochs.add(position.epoch());
    end = position;
    forgotten = position.offset();
  }

  /** A new event of this node. */
  LogEntry.Event add(Packet packet, Targets targets, long now) {
    sequence++;
    LogEntry.Event event = new LogEntry.Event(node, sequence, packet, targets);
    Kept kept = new Kept(null, now, event, weight(packet));
    ahead.add(kept);
    aheadBytes += kept.bytes;
    while (ahead.size() > maxEvents || (aheadBytes > maxBytes && ahead.size() > 1)) {
      aheadBytes -= ahead.remove().bytes;
      overflown = true;
    }
    return event;
  }

  /** The log has become longer. */
  void moved(Position position) {
    epochs.add(position.epoch());
    end = position;
  }

  /** The log has become longer by an event. */
  void logged(Position position, LogEntry.Event event, long now) {
    Long before = sequences.put(event.node(), event.sequence());
    Kept own = event.node().equals(node) ? removeUpTo(event.sequence()) : null;
    if (before != null && event.sequence() != before + 1) {
      forgotten = position.offset(); // what was between is nowhere
    }
    long bytes =
        own != null && own.event.sequence() == event.sequence()
            ? own.bytes
            : weight(event.packet());
    Kept kept = new Kept(position, now, event, bytes);
    logged.add(kept);
    loggedBytes += kept.bytes;
    trim(now);
  }

  /** Own events that are in the log; the last of those that were not. */
  private @Nullable Kept removeUpTo(long inLog) {
    Kept last = null;
    for (Kept first = ahead.peek();
        first != null && first.event.sequence() <= inLog;
        first = ahead.peek()) {
      last = ahead.remove();
      aheadBytes -= last.bytes;
    }
    overflown = overflown && !ahead.isEmpty();
    return last;
  }

  /** Forgets what is too old or too much. */
  void trim(long now) {
    for (Kept first = logged.peek();
        first != null && (isTooMuch() || now - first.at > maxNanos);
        first = logged.peek()) {
      forgotten = Math.max(forgotten, first.position == null ? 0 : first.position.offset());
      loggedBytes -= logged.remove().bytes;
    }
  }

  private boolean isTooMuch() {
    return logged.size() > maxEvents || loggedBytes > maxBytes;
  }

  private static long weight(Packet packet) {
    return packet.data() == null ? 0 : weight(packet.data());
  }

  /** About how much it takes to be sent. */
  private static long weight(JsonNode node) {
    long weight = VALUE_BYTES;
    if (node.isTextual()) {
      weight += node.textValue().length();
    } else if (node instanceof BinaryNode bytes) {
      weight += bytes.binaryValue().length;
    }
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      weight += names.next().length();
    }
    for (JsonNode child : node) {
      weight += weight(child);
    }
    return weight;
  }

  /** What those have got that have got everything; empty until the log is there. */
  String place() {
    if (end == null) {
      return "";
    }
    return (ahead.isEmpty() ? Place.of(end) : new Place(end, node, sequence)).toString();
  }

  /**
   * What those have got that have got the event that is added next.
   *
   * @param ahead whether it is not in the log at once
   */
  String nextPlace(boolean ahead) {
    if (end == null) {
      return "";
    }
    return (ahead ? new Place(end, node, sequence + 1) : Place.of(end.plus(1))).toString();
  }

  /** Whether the log is known up to a place, and what may come late by it. */
  boolean reaches(Place place) {
    return end != null
        && end.offset() >= place.offset()
        && (place.node().isEmpty()
            || place.node().equals(node)
            || sequences.getOrDefault(place.node(), 0L) >= place.sequence());
  }

  /** Whether all that came after a place is known. */
  boolean hasAfter(Place place) {
    return end != null
        && epochs.contains(place.position().epoch())
        && place.offset() >= forgotten
        && place.offset() <= end.offset()
        && (!place.node().equals(node) || place.sequence() <= sequence)
        && !overflown;
  }

  /**
   * What of the events that are wanted came after a place, in order. It looks back from the end:
   * most that come back have not been away for long.
   */
  List<Kept> after(Place place, Predicate<LogEntry.Event> wanted) {
    Deque<Kept> after = new ArrayDeque<>();
    Iterator<Kept> back = logged.descendingIterator();
    for (Kept kept = next(back); kept != null && isAfter(kept, place); kept = next(back)) {
      LogEntry.Event event = kept.event;
      if (wanted.test(event) && !place.hasAhead(event.node(), event.sequence())) {
        after.addFirst(kept);
      }
    }
    for (Kept kept : ahead) {
      if (wanted.test(kept.event) && !place.hasAhead(node, kept.event.sequence())) {
        after.addLast(kept);
      }
    }
    return List.copyOf(after);
  }

  private static @Nullable Kept next(Iterator<Kept> back) {
    return back.hasNext() ? back.next() : null;
  }

  private static boolean isAfter(Kept kept, Place place) {
    return kept.position != null && kept.position.offset() > place.offset();
  }
}
