package io.github.upgradehandler.sample.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.sample.Nodes;
import io.github.upgradehandler.sample.RecentResults;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The latest notifications, and the logged room that hears of new ones. */
final class Notifications {

  /** One that was sent under a key of its sender. */
  private record Sent(Notification notification, CompletionStage<Published> answer) {}

  private static final int KEPT = 50;

  /** So that two nodes hardly give the same id; the largest is still exact in a page. */
  private static final int IDS_PER_MILLI = 1_000;

  private static final Retention RETENTION = new Retention(1_000, 1 << 20, Duration.ofHours(12));
  private static final Gson JSON = new Gson();

  /** What the servlets of this page share; made of the constants before it. */
  static final Notifications SHARED = new Notifications();

  private final Room room =
      Rooms.builder()
          .logged(name -> true, Nodes.engine("notifications"), RETENTION, new Framing())
          .build()
          .room("notifications");
  private final Latest latest = new Latest();
  private final RecentResults<String, Sent> known = new RecentResults<>();
  private long lastId;

  private Notifications() {
    room.subscribe(latest);
  }

  Room room() {
    return room;
  }

  /**
   * Tells everyone, once for a key. One that was not appended, or perhaps, is told again with the
   * id that it had: by that pages know it again.
   *
   * @param key the sender's own; null if it will not send this again
   */
  synchronized CompletionStage<Published> add(String text, @Nullable String key) {
    Sent before = key == null ? null : known.of(key);
    if (before != null && !isOverAndNotAppended(before.answer)) {
      return before.answer;
    }
    Notification added = before == null ? next(text) : before.notification;
    CompletionStage<Published> answer = room.publish(PreparedMessage.text(JSON.toJson(added)));
    if (key != null) {
      known.add(key, new Sent(added, answer));
    }
    return answer;
  }

  private Notification next(String text) {
    long now = System.currentTimeMillis();
    long id = now * IDS_PER_MILLI + ThreadLocalRandom.current().nextInt(IDS_PER_MILLI);
    lastId = Math.max(lastId + 1, id);
    return new Notification(lastId, text, now);
  }

  private static boolean isOverAndNotAppended(CompletionStage<Published> answer) {
    return answer.toCompletableFuture().isDone()
        && !(answer.toCompletableFuture().join() instanceof Published.Appended);
  }

  /**
   * To everyone: whoever asked is among them, and the others need not ask. So few come of it that
   * they may stand in the log.
   */
  void beat() {
    room.publish(PreparedMessage.text(Heartbeat.TEXT));
  }

  /** The latest as a JSON array, oldest first. */
  String toJson() {
    return latest.toJson();
  }

  private static String text(PreparedMessage message) {
    return UTF_8.decode(message.payload()).toString();
  }

  /** Keeps the latest. */
  private static final class Latest implements LogSubscriber {

    private final ArrayDeque<JsonObject> kept = new ArrayDeque<>();

    @Override
    public void onAttached(Position position) {}

    @Override
    public synchronized void onMessage(Position position, PreparedMessage message) {
      String text = text(message);
      if (!text.equals(Heartbeat.TEXT)) {
        kept.add(JSON.fromJson(text, JsonObject.class));
        if (kept.size() > KEPT) {
          kept.remove();
        }
      }
    }

    /** What is kept stays true, though there is more that is not known. */
    @Override
    public void onLost(Lost lost) {}

    synchronized String toJson() {
      return JSON.toJson(kept);
    }
  }

  /** What event streams have as ids stands in the messages to WebSockets. */
  private static final class Framing implements LogFraming {

    @Override
    public PreparedMessage message(String name, Position position, PreparedMessage message) {
      String text = text(message);
      if (text.equals(Heartbeat.TEXT)) {
        return message;
      }
      return at(position, JSON.fromJson(text, JsonObject.class));
    }

    @Override
    public PreparedMessage lost(String name, Lost lost) {
      JsonObject told = new JsonObject();
      told.addProperty("reason", lost.reason().name());
      return at(lost.position(), told);
    }

    @Override
    public PreparedMessage joined(String name, Position position) {
      return at(position, new JsonObject());
    }

    private static PreparedMessage at(Position position, JsonObject told) {
      told.addProperty("position", position.toString());
      return PreparedMessage.text(JSON.toJson(told));
    }
  }
}
