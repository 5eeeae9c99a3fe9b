package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Position;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The events of a logged room: each stream follows the room's log by itself, whose positions are
 * the events' ids, the same on every node.
 */
final class LoggedFeed implements Feed {

  private record Made(Position position, Event event) {}

  private final EventStreams owner;
  private final Room room;
  private final Map<EventStream, LoggedStream> streams = new ConcurrentHashMap<>();

  /** Of each message all streams are told one after another. */
  private final AtomicReference<@Nullable Made> latest = new AtomicReference<>();

  LoggedFeed(EventStreams owner, Room room) {
    this.owner = owner;
    this.room = room;
  }

  /** The room that it is of. */
  Room room() {
    return room;
  }

  @Override
  public void add(EventStream stream, @Nullable String lastEventId) {
    String claimed = lastEventId == null ? "" : lastEventId;
    Optional<Position> seen = Position.parse(claimed);
    LoggedStream added = new LoggedStream(owner, this, stream, claim(claimed, seen.isPresent()));
    streams.put(stream, added);
    stream.offer(
        seen.map(position -> Event.greeting(owner.config().retry(), position.toString()))
            .orElseGet(() -> Event.greeting(owner.config().retry())),
        Integer.MAX_VALUE);
    seen.ifPresentOrElse(position -> room.subscribe(added, position), () -> room.subscribe(added));
    if (stream.isEnded()) { // perhaps before it could be unsubscribed
      streams.remove(stream);
      room.unsubscribe(added);
    }
  }

  private static LoggedStream.Claim claim(String claimed, boolean isPosition) {
    if (isPosition) {
      return LoggedStream.Claim.POSITION;
    }
    return claimed.isEmpty() ? LoggedStream.Claim.NOTHING : LoggedStream.Claim.MALFORMED;
  }

  @Override
  public void remove(EventStream stream) {
    LoggedStream removed = streams.remove(stream);
    if (removed != null) {
      room.unsubscribe(removed);
    }
  }

  /** The event of a message, made once for all streams that are told of it now. */
  Event event(Position position, PreparedMessage message) {
    Made known = latest.get();
    if (known == null || !known.position.equals(position)) {
      Event event = Event.message(position.offset(), position.toString(), message);
      known = new Made(position, event);
      latest.set(known);
    }
    return known.event;
  }
}
