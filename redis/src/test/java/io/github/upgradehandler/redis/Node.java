package io.github.upgradehandler.redis;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** One of the nodes of an application: rooms whose names begin with "log" are logged. */
final class Node implements AutoCloseable {

  static final Retention RETENTION = new Retention(100_000, 100 << 20, Duration.ofHours(1));

  final RedisRooms redis;
  final Rooms rooms;
  final ToldPresence told;

  Node(String uri) {
    this(RedisRooms.connect(uri));
  }

  Node(RedisRooms redis) {
    this(redis, new ToldPresence());
  }

  Node(RedisRooms redis, ToldPresence told) {
    this.redis = redis;
    this.told = told;
    this.rooms =
        Rooms.builder()
            .logged(
                name -> name.startsWith("log"),
                redis.engine("test"),
                RETENTION,
                new Member.Framing())
            .backplane(redis.backplane("test"))
            .presence(name -> !name.startsWith("log"), redis.presence("test"), told)
            .build();
  }

  Member member(String id, String room) {
    Member member = new Member(id);
    rooms.room(room).join(member);
    return member;
  }

  /** One that is signed in joins. */
  Member user(String user, String room) {
    Member member = Member.of(user);
    rooms.room(room).join(member);
    return member;
  }

  CompletionStage<Published> publish(String room, String text) {
    return rooms.room(room).publish(PreparedMessage.text(text));
  }

  void awaitConnections(long count) {
    Patience.until(
        () -> count + " connections, but " + redis.status(),
        () -> redis.status().connected() && redis.status().connections() >= count);
  }

  @Override
  public void close() {
    redis.close();
  }
}
