package io.github.upgradehandler.socketio.redis;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.socketio.EventLog;
import io.github.upgradehandler.socketio.LogEntry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The log of one namespace: a logged room, which all nodes of this library follow. */
final class RedisEventLog implements EventLog, LogSubscriber {

  private final RedisRooms redis;
  private final Room room;
  private final LogEntries entries;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicBoolean unreadable = new AtomicBoolean();
  private @Nullable Listener listener;

  RedisEventLog(RedisRooms redis, Room room, LogEntries entries) {
    this.redis = redis;
    this.room = room;
    this.entries = entries;
  }

  @Override
  public void start(Listener told) {
    listener = told;
    room.subscribe(this);
  }

  private Listener listener() {
    return Objects.requireNonNull(listener, "not started");
  }

  @Override
  public void append(LogEntry entry) {
    CompletionStage<Published> unused =
        room.publish(PreparedMessage.binary(ByteBuffer.wrap(entries.write(entry))))
            .whenComplete(this::published);
  }

  private void published(@Nullable Published published, @Nullable Throwable error) {
    String reason = "";
    if (error != null) {
      reason = Errors.message(error);
    } else if (published instanceof Published.Refused refused) {
      reason = refused.reason();
    } else if (published instanceof Published.Unknown unknown) {
      reason = unknown.reason();
    }
    if (reason.isEmpty()) {
      failing.set(false);
    } else if (!failing.getAndSet(true)) {
      Wire.LOG.log(
          WARNING, "what was sent cannot be recovered, nor is it sent to other nodes: " + reason);
    }
  }

  @Override
  public void onAttached(Position position) {
    listener().attached(position);
  }

  @Override
  public void onMessage(Position position, PreparedMessage message) {
    byte[] bytes = new byte[message.payload().remaining()];
    message.payload().get(bytes);
    try {
      listener().entry(position, entries.read(bytes));
    } catch (IOException e) {
      Level level = unreadable.getAndSet(true) ? DEBUG : WARNING; // who writes one, writes more
      Wire.LOG.log(level, "entry " + position + " of the log cannot be read; is passed over", e);
    }
  }

  @Override
  public void onLost(Lost lost) {
    listener().lost(lost.position());
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean isFollowed() {
    return redis.status().connected();
  }

  @Override
  public void close() {
    room.unsubscribe(this);
  }
}
