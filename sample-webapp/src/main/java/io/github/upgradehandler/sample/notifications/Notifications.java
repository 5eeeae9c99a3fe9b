package io.github.upgradehandler.sample.notifications;

import com.google.gson.Gson;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.sample.Heartbeat;
import java.util.ArrayDeque;

/** The latest notifications, and the room that hears of new ones. */
final class Notifications {

  /** What the servlets of this page share. */
  static final Notifications SHARED = new Notifications();

  private static final int KEPT = 50;
  private static final Gson JSON = new Gson();

  private final Room room = new Rooms().room("notifications");
  private final ArrayDeque<Notification> latest = new ArrayDeque<>();
  private long lastId;

  private Notifications() {}

  Room room() {
    return room;
  }

  synchronized void add(String text) {
    long now = System.currentTimeMillis();
    lastId = Math.max(lastId + 1, now);
    Notification added = new Notification(lastId, text, now);
    latest.add(added);
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
