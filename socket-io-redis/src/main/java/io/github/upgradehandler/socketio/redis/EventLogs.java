package io.github.upgradehandler.socketio.redis;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.socketio.EventLog;
import io.github.upgradehandler.socketio.Namespace;
import io.github.upgradehandler.socketio.Recovery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The logs of one server's namespaces: logged rooms in Redis. Thread-safe. */
final class EventLogs {

  private static final String SET = "socket-io";

  private final RedisRooms redis;
  private final String key;
  private @Nullable Rooms rooms; // guarded by this

  EventLogs(RedisRooms redis, String key) {
    this.redis = redis;
    this.key = key;
  }

  EventLog of(Namespace namespace) {
    Recovery recovery = Objects.requireNonNull(namespace.server().config().recovery());
    return new RedisEventLog(
        redis,
        rooms(recovery).room(key + "#" + namespace.name()),
        new LogEntries(namespace.name(), namespace.server().mapper()));
  }

  private synchronized Rooms rooms(Recovery recovery) {
    if (rooms == null) {
      Retention retention =
          new Retention(
              recovery.maxPackets(), recovery.maxBytes(), recovery.maxDisconnectionDuration());
      rooms =
          Rooms.builder()
              .logged(name -> true, redis.engine(SET), retention, new NoMembers())
              // Nobody is told that an event is refused: it waits as long as it is kept here.
              .holding(new Holding(recovery.maxDisconnectionDuration(), recovery.maxBytes()))
              .build();
    }
    return rooms;
  }

  /** These rooms have subscribers alone. */
  private static final class NoMembers implements LogFraming {

    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return message;
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      throw new IllegalStateException("a room that has no members");
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      throw new IllegalStateException("a room that has no members");
    }
  }
}
