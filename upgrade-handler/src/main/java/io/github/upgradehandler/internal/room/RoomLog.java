package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of one room's log: whatever the engine pushes, and whenever, the node's
 * audience gets the entries in order and without gaps. A gap is read, once for all; where that
 * cannot be, it is said. Thread-safe: all that happens is put into one lane.
 */
public final class RoomLog {

  private final String room;
  private final Engine engine;
  private final Lane lane;
  private final LogLimits limits;
  private final LogAudience audience;

  // All confined to the lane.
  private final Tail tail;
  private final Pending pending;
  private final Resumes resumes;
  private final Questions questions;
  private LogState state = LogState.IDLE;
  private @Nullable Top top;
  private @Nullable Position at;
  private int users;

  /**
   * A room that nobody is in.
   *
   * @param lane in which the audience is told
   */
  public RoomLog(String room, Engine engine, Lane lane, LogLimits limits, LogAudience audience) {
    this.room = room;
    this.engine = engine;
    this.lane = lane;
    this.limits = limits;
    this.audience = audience;
    this.tail = new Tail(limits.tailBytes(), limits.resumeBytes());
    this.pending = new Pending(limits.pendingBytes());
    this.resumes = new Resumes(tail, limits, lane, engine);
    this.questions = new Questions(lane, engine, limits);
  }

  /**
   * One comes.
   *
   * @param from what it has seen already; null: it wants what comes from now on
   */
  public void attach(@Nullable Position from, LogAudience.Newcomer newcomer) {
    lane.run(
        () -> {
          users++;
          resumes.add(from, newcomer, questions.latest());
          if (state == LogState.IDLE) {
            sync();
          } else if (state == LogState.LIVE) {
            serve();
          }
        });
  }

  /**
   * One that had come goes; to be called once, also if it is not attached yet.
   *
   * @param done run when it is gone: nothing that was on its way comes any more, and the engine is
   *     unsubscribed from if it was the last
   */
  public void detach(LogAudience.Newcomer gone, Runnable done) {
    lane.run(
        () -> {
          resumes.remove(gone);
          if (--users == 0) {
            rest();
          }
          done.run();
        });
  }

  /** See {@link Engine.Listener#pushed}. */
  public void pushed(Position position, Entry entry) {
    lane.run(() -> take(position, entry));
  }

  /** See {@link Engine.Listener#away}. */
  public void away() {
    ifAnyoneIsHere(() -> wait(limits.lastRetry()));
  }

  /** See {@link Engine.Listener#back}. */
  public void back() {
    ifAnyoneIsHere(this::sync);
  }

  private void ifAnyoneIsHere(Runnable action) {
    lane.run(
        () -> {
          if (state != LogState.IDLE) {
            action.run();
          }
        });
  }

  /** Looks whether something was missed. */
  public void audit() {
    lane.run(
        () -> {
          if (state == LogState.LIVE) {
            check();
          } else if (state != LogState.IDLE) {
            pending.missed(); // what was asked for may be from before it
          }
        });
  }

  private void sync() {
    state = LogState.SYNCING;
    questions.ask(() -> engine.subscribe(room), this::continueFrom, () -> wait(questions.retry()));
  }

  private void check() {
    state = LogState.FILLING;
    questions.ask(() -> engine.top(room), this::continueFrom, () -> wait(questions.retry()));
  }

  private void fill(Position after) {
    state = LogState.FILLING;
    questions.ask(
        () -> engine.read(room, after.offset(), limits.readEntries()),
        this::filled,
        () -> wait(questions.retry()));
  }

  private void continueFrom(Top found) {
    if (at == null) {
      top = found;
      restartAt(found.position());
      goLive();
    } else if (follows(found)) {
      catchUp(found);
    }
  }

  /** Whether the log goes on from where the room is; if not, that is told. */
  private boolean follows(Top found) {
    top = found;
    Position known = known();
    if (found.continues(known)) {
      at = known.in(found.position().epoch());
      return true;
    }
    lose(known, found);
    goLive();
    return false;
  }

  private void catchUp(Top found) {
    if (known().offset() < found.position().offset()) {
      fill(known());
    } else {
      goLive();
    }
  }

  private void filled(Run run) {
    if (!follows(run.top())) {
      return;
    }
    long offset = run.first();
    for (Entry entry : run.entries()) {
      deliverRead(offset, entry);
      offset++;
    }
    if (run.entries().isEmpty() && known().offset() < run.top().position().offset()) {
      tellLost(Reason.TRIMMED, run.top().position());
    }
    catchUp(run.top());
  }

  private void deliverRead(long offset, Entry entry) {
    long next = known().offset() + 1;
    if (offset > next) {
      tellLost(Reason.TRIMMED, new Position(known().epoch(), offset - 1));
    }
    if (offset > known().offset()) {
      deliver(entry);
    }
  }

  private void take(Position position, Entry entry) {
    if (state == LogState.IDLE) {
      return;
    }
    pending.add(position, entry);
    if (state == LogState.LIVE) {
      goLive();
    }
  }

  /** All that is known is delivered; whether that is all, the pushed entries tell. */
  private void goLive() {
    state = LogState.LIVE;
    questions.succeeded();
    for (Entry next = pending.takeAfter(known()); next != null; ) {
      deliver(next);
      next = pending.takeAfter(known());
    }
    if (pending.takeBehind()) {
      check();
    } else {
      serve();
    }
  }

  private void deliver(Entry entry) {
    Position position = known().plus(1);
    at = position;
    tail.add(entry);
    tell(() -> audience.entry(position, entry));
  }

  private void lose(Position known, Top found) {
    tellLost(whyLost(known, found), found.position());
  }

  /** Why a log does not continue a position: what it still knows of that epoch, it has lost. */
  static Reason whyLost(Position position, Top found) {
    boolean known =
        position.epoch().equals(found.position().epoch())
            || found.lineage().stream().anyMatch(one -> one.epoch().equals(position.epoch()));
    return known ? Reason.ROLLED_BACK : Reason.UNKNOWN;
  }

  private void tellLost(Reason reason, Position position) {
    restartAt(position);
    tell(() -> audience.lost(new Lost(reason, position)));
  }

  private void restartAt(Position position) {
    at = position;
    tail.restart(position.offset());
  }

  private void serve() {
    Position needed = resumes.serve(known(), Objects.requireNonNull(top), questions.answered());
    if (resumes.isUnsure()) {
      check();
    }
    if (needed != null) {
      lane.ask(() -> engine.read(room, needed.offset(), limits.resumeEntries()), this::resumed);
    }
  }

  private void resumed(@Nullable Run run, @Nullable Throwable error) {
    resumes.read(run);
    if (error != null) {
      if (state == LogState.LIVE) {
        wait(questions.retry());
      }
    } else if (state == LogState.LIVE) {
      serve();
    }
  }

  private void rest() {
    state = LogState.IDLE;
    questions.forget();
    at = null;
    top = null;
    pending.clear();
    pending.takeBehind();
    resumes.clear();
    engine.unsubscribe(room);
  }

  /** Begins again after a while. */
  private void wait(Duration delay) {
    state = LogState.STALE;
    questions.again(delay, this::sync);
  }

  private Position known() {
    return Objects.requireNonNull(at);
  }

  /** What one throws must not keep the room from going on. */
  static void tell(Runnable call) {
    Failures.run("the audience of a logged room failed", call);
  }
}
