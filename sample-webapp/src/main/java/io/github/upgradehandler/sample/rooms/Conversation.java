package io.github.upgradehandler.sample.rooms;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.JoinResult;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.sample.events.EventHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said in a room. Everything that members must see in one order is sent while this is
 * locked: a newcomer gets the lines before and then those after, none twice, and whoever is told
 * last who is there is told what is true last.
 */
final class Conversation {

  /**
   * A line.
   *
   * @param id its author's own; null if it has none
   * @param number grows from line to line, also over a restart of the server: it is the time in
   *     milliseconds since 1970, or one more than that of the line before
   */
  private record Line(String room, String author, @Nullable String id, String text, long number) {}

  /** By which a line is known again. */
  private record LineKey(String author, String id) {}

  private record Present(
      String room, List<String> users, @Nullable String joined, @Nullable String left) {}

  private static final int KEPT_LINES = 50;

  private final Room room;
  private final Deque<Line> lines = new ArrayDeque<>();
  private final RecentResults<LineKey> said = new RecentResults<>();
  private long lastNumber;

  Conversation(Room room) {
    this.room = room;
  }

  synchronized JoinResult join(WebSocket socket, long after) {
    JoinResult result = room.join(socket);
    if (result.isMember()) {
      socket.send(presence(null, null));
      lines.stream()
          .filter(line -> line.number() > after)
          .forEach(line -> EventHandler.send(socket, "said", line));
    }
    return result;
  }

  /**
   * Says a line, once: one that was said before under the same id is not said again.
   *
   * @param id null if the author will not say it again
   * @return the number of the line
   */
  synchronized long say(String author, @Nullable String id, String text) {
    LineKey key = id == null ? null : new LineKey(author, id);
    Long known = key == null ? null : said.of(key);
    if (known != null) {
      return known;
    }
    lastNumber = Math.max(lastNumber + 1, System.currentTimeMillis());
    Line line = new Line(room.name(), author, id, text, lastNumber);
    lines.add(line);
    if (lines.size() > KEPT_LINES) {
      lines.remove();
    }
    if (key != null) {
      said.add(key, lastNumber);
    }
    room.send(EventHandler.event("said", line));
    return lastNumber;
  }

  synchronized void tellJoined(String user) {
    room.send(presence(user, null));
  }

  synchronized void tellLeft(String user) {
    room.send(presence(null, user));
  }

  private PreparedMessage presence(@Nullable String joined, @Nullable String left) {
    return EventHandler.event(
        "presence",
        new Present(room.name(), room.users().stream().sorted().toList(), joined, left));
  }
}
