package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Subscriber;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one room without a log: numbers them, keeps the latest, hands them to every stream.
 * Under its lock, so that all streams have the same order and a stream that comes misses none;
 * writing is outside of it.
 */
final class RoomFeed implements Feed, Subscriber {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final EventStreamConfig config;
  private final Room room;

  /** Begins each id, so that one of another history, say of before a restart, is told apart. */
  private final String history = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX);

  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private final Set<EventStream> streams = new HashSet<>();
  private int keptBytes;
  private long last;

  RoomFeed(EventStreamConfig config, Room room) {
    this.config = config;
    this.room = room;
  }

  /** The room that it is of. */
  Room room() {
    return room;
  }

  @Override
  public void onMessage(PreparedMessage message) {
    List<EventStream> receivers;
    List<Runnable> ends = new ArrayList<>(0);
    synchronized (this) {
      Event event = Event.message(last + 1, id(last + 1), message);
      last++;
      keep(event);
      receivers = List.copyOf(streams);
      for (EventStream stream : receivers) {
        Runnable end = give(stream, event);
        if (end != null) {
          ends.add(end);
        }
      }
    }
    ends.forEach(Runnable::run);
    receivers.forEach(EventStream::flush);
  }

  /**
   * Gives a stream an event; what fails for one must not keep it from the others.
   *
   * @return what ends the stream, if it has not taken it
   */
  private @Nullable Runnable give(EventStream stream, Event event) {
    try {
      return stream.offer(event, config.outboundLimitBytes()) ? null : stream::endOverflowing;
    } catch (Throwable e) { // no memory: a client that comes back gets it from the history
      Log.failure("an event stream", e);
      return stream::end;
    }
  }

  @Override
  public void add(EventStream stream, @Nullable String lastEventId) {
    // By every stream: the second must not rely on the first, which may not have got here yet.
    room.subscribe(this);
    show(stream, lastEventId);
  }

  private synchronized void show(EventStream stream, @Nullable String lastEventId) {
    if (stream.isEnded()) {
      return; // its end has tried to remove it already
    }
    streams.add(stream);
    long known = lastEventId == null || lastEventId.isEmpty() ? last : numberOf(lastEventId);
    long firstKept = last - kept.size() + 1;
    if (known < firstKept - 1) {
      stream.offer(Event.greeting(config.retry(), id(firstKept - 1)), Integer.MAX_VALUE);
      stream.offer(Event.gap(id(firstKept - 1)), Integer.MAX_VALUE);
    } else {
      stream.offer(Event.greeting(config.retry(), id(known)), Integer.MAX_VALUE);
    }
    for (Event event : kept) {
      if (event.number() > known) {
        stream.offer(event, Integer.MAX_VALUE);
      }
    }
  }

  @Override
  public synchronized void remove(EventStream stream) {
    streams.remove(stream);
  }

  private void keep(Event event) {
    kept.add(event);
    keptBytes += event.length();
    while (keptBytes > config.historyBytes()) {
      keptBytes -= kept.remove().length();
    }
  }

  private String id(long number) {
    return history + "-" + number;
  }

  /** The number of an id, or -1 if it is none of this history. */
  private long numberOf(String id) {
    if (!id.startsWith(history + "-")) {
      return -1;
    }
    try {
      long number = Long.parseLong(id.substring(history.length() + 1));
      return number < 0 || number > last ? -1 : number;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** For tests: how many bytes of events are kept. */
  synchronized int keptBytes() {
    return keptBytes;
  }
}
