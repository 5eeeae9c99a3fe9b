package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those that wait to be attached to a room. One that comes back is given exactly what it missed, or
 * told that it is lost: from the tail where that reaches, else from one read for all of them.
 * Confined to the room's lane.
 */
final class Resumes {

  private static final long NOT_ASKED = -1;

  /**
   * One that waits.
   *
   * @param since the number of the latest question to the engine when it came
   */
  private record Waiting(@Nullable Position from, LogAudience.Newcomer newcomer, int since) {}

  private final Tail tail;
  private final LogLimits limits;
  private final Lane lane;
  private final Engine engine;
  private final List<Waiting> waiting = new ArrayList<>();
  private long asked = NOT_ASKED;
  private @Nullable Run run;
  private boolean unsure;

  Resumes(Tail tail, LogLimits limits, Lane lane, Engine engine) {
    this.tail = tail;
    this.limits = limits;
    this.lane = lane;
    this.engine = engine;
  }

  void add(@Nullable Position from, LogAudience.Newcomer newcomer, int since) {
    waiting.add(new Waiting(from, newcomer, since));
  }

  /** One does not wait any more, if it did. */
  void remove(LogAudience.Newcomer gone) {
    waiting.removeIf(one -> one.newcomer == gone);
  }

  void clear() {
    waiting.clear();
    forgetRun();
  }

  private void forgetRun() {
    if (run != null) {
      run = null;
      asked = NOT_ASKED;
    }
  }

  /**
   * Whether one has seen more than the room has, so that the end of the log is to be asked for:
   * nothing may be lost, but the room late.
   */
  boolean isUnsure() {
    return unsure;
  }

  /**
   * Attaches all that can be.
   *
   * @param top the end of the log, by the answer to the question of that number
   * @return from where to read for the others; null if there are none, or it is read already
   */
  @Nullable Position serve(Position at, Top top, int answered) {
    Position needed = null;
    unsure = false;
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting one = each.next();
      if (one.from != null && answered <= one.since && !continues(at, top, one.from)) {
        unsure = true;
        continue;
      }
      Position missing = serve(one, at, top);
      if (missing == null) {
        each.remove();
      } else if (needed == null || missing.offset() < needed.offset()) {
        needed = missing;
      }
    }
    if (run != null && isOf(at, run) && tail.extend(run.first(), run.entries())) {
      engine.after(limits.extension(), () -> lane.run(tail::shrink));
    }
    forgetRun();
    if (needed == null || asked != NOT_ASKED) {
      return null;
    }
    asked = needed.offset();
    return needed;
  }

  /** What was asked for by {@link #serve}; null: it failed. */
  void read(@Nullable Run answer) {
    run = answer;
    if (answer == null) {
      asked = NOT_ASKED;
    }
  }

  /** Attaches one; or says from where its messages are to be read. */
  private @Nullable Position serve(Waiting one, Position at, Top top) {
    Position from = one.from;
    if (from == null) {
      attach(one, at);
      return null;
    }
    if (!continues(at, top, from)) {
      return lose(one, RoomLog.whyLost(from, new Top(at, top.lineage())), at);
    }
    if (at.offset() - from.offset() > limits.resumeEntries()) {
      return lose(one, Reason.TOO_FAR, at);
    }
    if (tail.covers(from.offset())) {
      return replay(one, at, tail.since(from.offset()));
    }
    return run == null ? from : replayRead(one, from, at, run);
  }

  private static boolean continues(Position at, Top top, Position from) {
    return new Top(at, top.lineage()).continues(from);
  }

  private @Nullable Position replayRead(Waiting one, Position from, Position at, Run read) {
    long end = read.first() + read.entries().size() - 1;
    if (from.offset() < asked || !isOf(at, read)) {
      return from; // it came after the question, or the room has yet to notice
    }
    if (read.entries().isEmpty() || read.first() > from.offset() + 1) {
      return lose(one, Reason.TRIMMED, at);
    }
    List<Entry> entries = new ArrayList<>();
    long first = read.first();
    for (long offset = from.offset() + 1; offset <= Math.min(end, at.offset()); offset++) {
      entries.add(read.entries().get(Math.toIntExact(offset - first)));
    }
    if (end < at.offset()) {
      if (!tail.covers(end)) {
        return from; // so much has come meanwhile
      }
      entries.addAll(tail.since(end));
    }
    return replay(one, at, entries);
  }

  private static boolean isOf(Position at, Run read) {
    return read.top().position().epoch().equals(at.epoch());
  }

  private @Nullable Position replay(Waiting one, Position at, List<Entry> entries) {
    long bytes = entries.stream().mapToLong(entry -> entry.message().length()).sum();
    if (bytes > limits.resumeBytes()) {
      return lose(one, Reason.TOO_FAR, at);
    }
    Position position = at.plus(-entries.size());
    for (Entry entry : entries) {
      position = position.plus(1);
      Position its = position;
      RoomLog.tell(() -> one.newcomer.entry(its, entry));
    }
    attach(one, at);
    return null;
  }

  private static @Nullable Position lose(Waiting one, Reason reason, Position at) {
    RoomLog.tell(() -> one.newcomer.lost(new Lost(reason, at)));
    attach(one, at);
    return null;
  }

  private static void attach(Waiting one, Position at) {
    RoomLog.tell(() -> one.newcomer.attached(at));
  }
}
