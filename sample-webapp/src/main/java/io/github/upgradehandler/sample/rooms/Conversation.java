package io.github.upgradehandler.sample.rooms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.JoinResult;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Present;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.sample.events.EventHandler;
import io.github.upgradehandler.sample.events.EventRefusedException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is said in a room: its lines are in a log, from which all get them in one order and come
 * back to where they were. Who is there and who is typing is told in a room beside it, without a
 * log: nobody needs to know it later.
 */
final class Conversation implements LogSubscriber {

  /**
   * A line, as it stands in the log.
   *
   * @param id its author's own; null if it has none
   * @param at when, in milliseconds since 1970
   */
  private record Line(String author, @Nullable String id, String text, long at) {}

  /** A line, as members get it. */
  record Said(
      String room, String position, String author, @Nullable String id, String text, long at) {}

  /** Where a member stands that comes for the first time, with the latest lines up to there. */
  private record Joined(String room, String position, List<Said> lines) {}

  /** The same for one that comes back and has missed lines that are not kept. */
  private record Missing(String room, Lost.Reason reason, String position, List<Said> lines) {}

  /** By which a line is known again. */
  private record LineKey(String author, String id) {}

  private record Presence(
      String room, List<String> users, @Nullable String joined, @Nullable String left) {}

  private static final int KEPT_LINES = 50;
  private static final Gson JSON = new Gson();

  private final Room room;
  private final Room live;

  /** The latest. Used only by calls of the log, of which one comes after another. */
  private final ArrayDeque<Said> lines = new ArrayDeque<>();

  private volatile Present present = Present.NOBODY; // set under the monitor

  private final RecentResults<LineKey, CompletionStage<Position>> said = new RecentResults<>();

  /**
   * A conversation that hears from now on what is said.
   *
   * @param room logged
   * @param live not logged
   */
  Conversation(Room room, Room live) {
    this.room = room;
    this.live = live;
    room.subscribe(this);
  }

  /**
   * Joins both rooms.
   *
   * @param seen up to where the connection has the lines; null if it has none
   */
  synchronized JoinResult join(WebSocket socket, @Nullable Position seen) {
    JoinResult result = live.join(socket);
    if (!result.isMember()) {
      return result;
    }
    socket.send(presence(null, null));
    return seen == null ? room.join(socket) : room.resume(socket, seen);
  }

  void leave(WebSocket socket) {
    room.leave(socket);
    live.leave(socket);
  }

  boolean has(WebSocket socket) {
    return room.contains(socket);
  }

  /**
   * How many users there are on all nodes, if this one has any. Without a lock: another
   * conversation may be locked by who asks.
   */
  int users() {
    return live.size() == 0 ? 0 : present.users().size();
  }

  /**
   * Says a line, once: one that was said before under the same id is not said again.
   *
   * @param id null if the author will not say it again
   * @return becomes the position of the line, or fails with an {@link EventRefusedException}. Where
   *     it is not known whether the line was said, nothing comes, and its author says it again
   */
  synchronized CompletionStage<Position> say(String author, @Nullable String id, String text) {
    LineKey key = id == null ? null : new LineKey(author, id);
    CompletionStage<Position> known = key == null ? null : said.of(key);
    if (known != null) {
      return known;
    }
    Line line = new Line(author, id, text, System.currentTimeMillis());
    CompletionStage<Position> answer =
        room.publish(PreparedMessage.text(JSON.toJson(line)))
            .thenCompose(published -> answer(key, published));
    if (key != null && !answer.toCompletableFuture().isCompletedExceptionally()) {
      said.add(key, answer);
    }
    return answer;
  }

  private CompletionStage<Position> answer(@Nullable LineKey key, Published published) {
    if (published instanceof Published.Appended appended) {
      return CompletableFuture.completedStage(appended.position());
    }
    if (key != null) {
      forget(key);
    }
    return published instanceof Published.Refused refused
        ? CompletableFuture.failedStage(new EventRefusedException(refused.reason()))
        : new CompletableFuture<>();
  }

  private synchronized void forget(LineKey key) {
    said.remove(key);
  }

  void typing(WebSocket socket, PreparedMessage event) {
    live.sendToOthers(socket, event);
  }

  /** Tells the members of this node who is there on whatever node; the others tell their own. */
  synchronized void tell(Present now, Set<String> came, Set<String> went) {
    boolean others = !now.users().equals(present.users());
    present = now;
    came.forEach(user -> live.sendHere(presence(user, null)));
    went.forEach(user -> live.sendHere(presence(null, user)));
    if (others && came.isEmpty() && went.isEmpty()) {
      live.sendHere(presence(null, null));
    }
  }

  private PreparedMessage presence(@Nullable String joined, @Nullable String left) {
    return EventHandler.event(
        "presence",
        new Presence(room.name(), present.users().stream().sorted().toList(), joined, left));
  }

  @Override
  public void onAttached(Position position) {}

  @Override
  public void onMessage(Position position, PreparedMessage message) {
    lines.add(said(position, message));
    if (lines.size() > KEPT_LINES) {
      lines.remove();
    }
  }

  /** What is kept stays true, though there is more that is not known. */
  @Override
  public void onLost(Lost lost) {}

  private Said said(Position position, PreparedMessage message) {
    Line line = JSON.fromJson(UTF_8.decode(message.payload()).toString(), Line.class);
    return new Said(room.name(), position.toString(), line.author, line.id, line.text, line.at);
  }

  /** A line for members. */
  PreparedMessage framed(Position position, PreparedMessage message) {
    return EventHandler.event("said", said(position, message));
  }

  /** For one that has joined at a position. */
  PreparedMessage joined(Position position) {
    return EventHandler.event(
        "joined", new Joined(room.name(), position.toString(), List.copyOf(lines)));
  }

  /** For members that lines are missing for. */
  PreparedMessage lost(Lost lost) {
    return EventHandler.event(
        "lost",
        new Missing(room.name(), lost.reason(), lost.position().toString(), List.copyOf(lines)));
  }
}
