package io.github.upgradehandler.sample.notifications;

import com.google.gson.Gson;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.sample.RecentResults;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The latest notifications, and the room that hears of new ones. */
final class Notifications {

  /** What the servlets of this page share. */
  static final Notifications SHARED = new Notifications();

  private static final int KEPT = 50;
  private static final Gson JSON = new Gson();

  private final Room room = new Rooms().room("notifications");
  private final ArrayDeque<Notification> latest = new ArrayDeque<>();
  private final RecentResults<String> known = new RecentResults<>();
  private long lastId;

  private Notifications() {}

  Room room() {
    return room;
  }

  /**
   * Tells everyone, once for a key.
   *
   * @param key the sender's own; null if it will not send this again
   */
  synchronized void add(String text, @Nullable String key) {
    if (key != null && known.of(key) != null) {
      return;
    }
    long now = System.currentTimeMillis();
    lastId = Math.max(lastId + 1, now);
    Notification added = new Notification(lastId, text, now);
    latest.add(added);
    if (key != null) {
      known.add(key, lastId);
    }
    if (latest.size() > KEPT) {
      latest.remove();
    }
    // Under the lock, so that they are sent in the order of their ids.
    room.send(PreparedMessage.text(JSON.toJson(added)));
  }

  /** To everyone: whoever asked is among them, and the others need not ask. */
  void beat() {
    room.send(PreparedMessage.text(Heartbeat.TEXT));
  }

  /** The latest as a JSON array, oldest first. */
  synchronized String toJson() {
    return JSON.toJson(latest);
  }
}
