package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of one room's log: whatever the engine pushes, and whenever, the node's
 * audience gets the entries in order and without gaps. A gap is read, once for all; where that
 * cannot be, it is said. Thread-safe: all that happens is put into one lane.
 *
 * <pre>
 *   IDLE      attach  SYNCING
 *   SYNCING   answer  LIVE, or FILLING where more has come
 *   LIVE      gap     FILLING
 *   FILLING   answer  LIVE
 *   any       away    STALE, until the engine is back
 *   any       last detach  IDLE
 * </pre>
 */
public final class RoomLog {

  private enum State {
    /** Nobody is here. */
    IDLE,
    /** Subscribing, and asking for the end of the log. */
    SYNCING,
    /** What is pushed is delivered. */
    LIVE,
    /** What is missing is asked for. */
    FILLING,
    /** The engine has failed: waits to begin again. */
    STALE
  }

  private final String room;
  private final Engine engine;
  private final Later later;
  private final Lane lane;
  private final LogLimits limits;
  private final LogAudience audience;

  // All confined to the lane.
  private final Tail tail;
  private final Pending pending;
  private final Resumes resumes;
  private State state = State.IDLE;
  private @Nullable Top top;
  private @Nullable Position at;
  private int users;
  private int calls;
  private Duration retry;

  /**
   * A room that nobody is in.
   *
   * @param lane in which the audience is told
   */
  public RoomLog(
      String room, Engine engine, Later later, Lane lane, LogLimits limits, LogAudience audience) {
    this.room = room;
    this.engine = engine;
    this.later = later;
    this.lane = lane;
    this.limits = limits;
    this.audience = audience;
    this.tail = new Tail(limits.tailBytes());
    this.pending = new Pending(limits.pendingBytes());
    this.resumes = new Resumes(tail, limits);
    this.retry = limits.firstRetry();
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
          resumes.add(from, newcomer);
          if (state == State.IDLE) {
            sync();
          } else if (state == State.LIVE) {
            serve();
          }
        });
  }

  /** One that had come goes; to be called once, also if it is not attached yet. */
  public void detach(LogAudience.Newcomer gone) {
    lane.run(
        () -> {
          resumes.remove(gone);
          if (--users == 0) {
            rest();
          }
        });
  }

  /** See {@link Engine.Listener#pushed}. */
  public void pushed(Position position, Entry entry) {
    lane.run(() -> take(position, entry));
  }

  /** See {@link Engine.Listener#away}. */
  public void away() {
    lane.run(
        () -> {
          if (state != State.IDLE) {
            wait(limits.lastRetry());
          }
        });
  }

  /** See {@link Engine.Listener#back}. */
  public void back() {
    lane.run(
        () -> {
          if (state != State.IDLE) {
            sync();
          }
        });
  }

  /** Looks whether something was missed. */
  public void audit() {
    lane.run(
        () -> {
          if (state == State.LIVE) {
            check();
          }
        });
  }

  private void sync() {
    state = State.SYNCING;
    ask(() -> engine.subscribe(room), this::continueFrom);
  }

  private void check() {
    state = State.FILLING;
    ask(() -> engine.top(room), this::continueFrom);
  }

  private void fill(Position after) {
    state = State.FILLING;
    ask(() -> engine.read(room, after.offset(), limits.readEntries()), this::filled);
  }

  private void continueFrom(Top found) {
    Position known = at;
    top = found;
    if (known == null) {
      restartAt(found.position());
    } else if (!found.continues(known)) {
      lose(known, found);
    } else {
      at = known.in(found.position().epoch());
      if (at.offset() < found.position().offset()) {
        fill(at);
        return;
      }
    }
    goLive();
  }

  private void filled(Run run) {
    top = run.top();
    Position known = known();
    if (!run.top().continues(known)) {
      lose(known, run.top());
      goLive();
      return;
    }
    at = known.in(run.top().position().epoch());
    long offset = run.first();
    for (Entry entry : run.entries()) {
      deliverRead(offset, entry);
      offset++;
    }
    if (run.entries().isEmpty() && known().offset() < run.top().position().offset()) {
      tellLost(Reason.TRIMMED, run.top().position());
    }
    if (known().offset() < run.top().position().offset()) {
      fill(known());
    } else {
      goLive();
    }
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
    if (state == State.IDLE) {
      return;
    }
    pending.add(position, entry);
    if (state == State.LIVE) {
      goLive();
    }
  }

  /** All that is known is delivered; whether that is all, the pushed entries tell. */
  private void goLive() {
    state = State.LIVE;
    retry = limits.firstRetry();
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
    boolean rolledBack =
        known.epoch().equals(found.position().epoch())
            || found.lineage().stream().anyMatch(one -> one.epoch().equals(known.epoch()));
    tellLost(rolledBack ? Reason.ROLLED_BACK : Reason.UNKNOWN, found.position());
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
    Position needed = resumes.serve(known(), Objects.requireNonNull(top));
    if (needed != null) {
      CompletionStage<Run> reading =
          safely(() -> engine.read(room, needed.offset(), limits.resumeEntries()));
      reading.whenComplete((run, error) -> lane.run(() -> resumed(run, error)));
    }
  }

  private void resumed(@Nullable Run run, @Nullable Throwable error) {
    resumes.read(run);
    if (error != null) {
      if (state == State.LIVE) {
        wait(retry);
      }
    } else if (state == State.LIVE) {
      serve();
    }
  }

  private void rest() {
    state = State.IDLE;
    calls++;
    at = null;
    top = null;
    pending.clear();
    pending.takeBehind();
    resumes.clear();
    engine.unsubscribe(room);
  }

  /** Begins again after a while. */
  private void wait(Duration delay) {
    state = State.STALE;
    int call = ++calls;
    Duration doubled = delay.multipliedBy(2);
    retry = doubled.compareTo(limits.lastRetry()) < 0 ? doubled : limits.lastRetry();
    later.after(
        delay,
        () ->
            lane.run(
                () -> {
                  if (call == calls && state == State.STALE) {
                    sync();
                  }
                }));
  }

  /** Asks one thing at a time: an answer that comes after something else was asked is ignored. */
  private <T> void ask(Supplier<CompletionStage<T>> question, Consumer<T> answered) {
    int call = ++calls;
    safely(question)
        .whenComplete(
            (answer, error) ->
                lane.run(
                    () -> {
                      if (call == calls) {
                        if (error == null) {
                          answered.accept(answer);
                        } else {
                          wait(retry);
                        }
                      }
                    }));
  }

  private static <T> CompletionStage<T> safely(Supplier<CompletionStage<T>> question) {
    try {
      return question.get();
    } catch (Throwable e) { // which an engine must not, but one that does stops no room
      return CompletableFuture.failedStage(e);
    }
  }

  private Position known() {
    return Objects.requireNonNull(at);
  }

  /** What one throws must not keep the room from going on. */
  static void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      Log.failure("the audience of a logged room failed", e);
    }
  }
}
