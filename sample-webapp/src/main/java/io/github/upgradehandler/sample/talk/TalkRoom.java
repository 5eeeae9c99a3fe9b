package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.socketio.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A room with its latest lines, whichever node they were said on. Thread-safe. */
final class TalkRoom {

  /** What comes to whoever has joined. */
  record Joined(String room, List<Line> lines) {}

  /** What comes to all others when something is said. */
  record Said(String room, Line line) {}

  private static final int KEPT_LINES = 50;

  /** Begins names in Socket.IO, so that none is that of a socket. */
  private static final String PREFIX = "room:";

  private final String name;
  private final List<Line> lines = new ArrayList<>(); // guarded by this

  TalkRoom(String name) {
    this.name = name;
  }

  /** The names of those rooms, of all that a socket is in, that people talk in. */
  static List<String> named(Set<String> rooms) {
    return rooms.stream()
        .filter(room -> room.startsWith(PREFIX))
        .map(room -> room.substring(PREFIX.length()))
        .toList();
  }

  /** Lets a socket in, and sends it the latest lines: no line of this node comes between. */
  synchronized void join(Socket socket) {
    socket.join(PREFIX + name);
    socket.emit("joined", new Joined(name, lines()));
  }

  void leave(Socket socket) {
    socket.leave(PREFIX + name);
  }

  /** The latest, in their order. */
  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * Keeps a line for those who join later, if it is new: by its time, and after those of the same
   * time.
   */
  synchronized void keep(Line line) {
    if (lines.contains(line)) {
      return;
    }
    int place = lines.size();
    while (place > 0 && lines.get(place - 1).at() > line.at()) {
      place--;
    }
    lines.add(place, line);
    if (lines.size() > KEPT_LINES) {
      lines.remove(0);
    }
  }

  /** Sends a line to all others: to those of this node in the same order. */
  synchronized void say(Socket author, Line line) {
    keep(line);
    author.to(PREFIX + name).emit("said", new Said(name, line));
  }

  /** Tells all others, as far as they can hear it at once. */
  void typing(Socket socket, String user) {
    socket.to(PREFIX + name).asVolatile().emit("typing", name, user);
  }
}
