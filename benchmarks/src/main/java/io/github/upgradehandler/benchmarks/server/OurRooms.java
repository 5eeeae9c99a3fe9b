package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import java.nio.charset.StandardCharsets;

/** Rooms of one node, or of several. */
final class OurRooms {

  private static final String SET = "rooms";

  private OurRooms() {}

  static Rooms of(Settings settings) {
    if (!settings.isShared()) {
      return new Rooms();
    }
    RedisRooms redis = RedisRooms.connect(settings.redis());
    Rooms.Builder rooms = Rooms.builder();
    return settings.logged()
        ? rooms.logged(name -> true, redis.engine(SET), Retention.DEFAULTS, new InFront()).build()
        : rooms.backplane(redis.backplane(SET)).build();
  }

  /** The position, and a message behind it. */
  private static final class InFront implements LogFraming {

    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return PreparedMessage.text(
          position + " " + StandardCharsets.UTF_8.decode(message.payload()));
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return PreparedMessage.text(lost.position() + " lost");
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return PreparedMessage.text(position + " joined");
    }
  }
}
