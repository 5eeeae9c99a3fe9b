package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.sample.ChatRules;
import io.github.upgradehandler.sample.Failures;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.MissingAnswersException;
import io.github.upgradehandler.socketio.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms, and the lines that were said lately, which all nodes keep: so a line that is sent
 * again is known, and who joins gets the latest, on any node. Thread-safe.
 */
final class Spoken {

  /**
   * A line that all nodes keep.
   *
   * @param room null if it was said to one user
   */
  private record Kept(@Nullable String room, Line line) {}

  private record AllKept(List<Kept> lines) {}

  /** By which a line is known again. */
  private record LineKey(String author, String id) {}

  private static final String KEEP = "keep";
  private static final String KEPT = "kept";

  private final Namespace namespace;
  private final Map<String, TalkRoom> rooms = new ConcurrentHashMap<>();
  private final RecentResults<LineKey, Line> recent = new RecentResults<>(); // guarded by itself

  /** Listens to the other nodes, and asks them what was said before this one was there. */
  Spoken(Namespace namespace) {
    this.namespace = namespace;
    namespace.onServerSide(KEEP, (args, ack) -> keep(args.get(0, Kept.class)));
    namespace.onServerSide(KEPT, (args, ack) -> ack.send(new AllKept(all())));
    namespace.serverSideEmitWithAck(KEPT).whenComplete(this::take);
  }

  /** A room, which is made if there is none. */
  TalkRoom room(String name) throws RefusedException {
    if (!ChatRules.isRoomName(name)) {
      throw new RefusedException(ChatRules.NO_ROOM_NAME);
    }
    if (!rooms.containsKey(name) && rooms.size() >= ChatRules.MOST_ROOMS) {
      throw new RefusedException(ChatRules.TOO_MANY_ROOMS);
    }
    return rooms.computeIfAbsent(name, TalkRoom::new);
  }

  /**
   * Says a line, unless it was said before.
   *
   * @param room null if it is for one user
   * @param say has others hear it; runs before the next line of this node
   * @return what is known under its id now
   */
  Line once(@Nullable String room, Line line, Runnable say) {
    synchronized (recent) {
      LineKey key = new LineKey(line.author(), line.id());
      Line known = recent.of(key);
      if (known != null) {
        return known;
      }
      recent.add(key, line);
      namespace.serverSideEmit(KEEP, new Kept(room, line));
      say.run();
      return line;
    }
  }

  private void keep(Kept kept) throws RefusedException {
    Line line = kept.line();
    synchronized (recent) {
      recent.add(new LineKey(line.author(), line.id()), line);
    }
    if (kept.room() != null) {
      room(kept.room()).keep(line);
    }
  }

  private List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    rooms.forEach((name, room) -> room.lines().forEach(line -> all.add(new Kept(name, line))));
    return all;
  }

  private void take(@Nullable List<Args> answers, @Nullable Throwable failure) {
    List<Args> come = List.of();
    if (answers != null) {
      come = answers;
    } else if (failure != null && Failures.cause(failure) instanceof MissingAnswersException some) {
      come = some.answers();
    }
    for (Args answer : come) {
      for (Kept kept : answer.get(0, AllKept.class).lines()) {
        try {
          keep(kept);
        } catch (RefusedException e) {
          break; // there are too many rooms
        }
      }
    }
  }
}
