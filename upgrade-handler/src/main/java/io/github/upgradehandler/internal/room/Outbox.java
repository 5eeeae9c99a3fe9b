package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one node publishes to one room, in order: what waits is appended together while nothing else
 * of this node is on its way to the room. Where the engine fails it is tried again, and known by
 * its sequence; after a while it is refused, or said to be unknown. Thread-safe.
 */
public final class Outbox {

  private static final int MAX_BATCH = 64;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private record Waiting(Entry entry, long since, CompletableFuture<Published> answer) {}

  private final String node;
  private final String room;
  private final Engine engine;
  private final LongSupplier nanoClock;
  private final Retention retention;
  private final LogTally tally;
  private final LongSupplier sequences;
  private final Lane lane = new Lane("publishing to a logged room");

  // All confined to the lane.
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean appending;

  /**
   * Nothing is published yet.
   *
   * @param node names this process, as no other ever did
   * @param nanoClock monotonic, in nanoseconds
   * @param sequences gives ascending numbers, to all rooms of the node
   */
  public Outbox(
      String node,
      String room,
      Engine engine,
      LongSupplier nanoClock,
      Retention retention,
      LogTally tally,
      LongSupplier sequences) {
    this.node = node;
    this.room = room;
    this.engine = engine;
    this.nanoClock = nanoClock;
    this.retention = retention;
    this.tally = tally;
    this.sequences = sequences;
  }

  /** Publishes a message; the answer always comes, and on any thread. */
  public CompletionStage<Published> publish(String sender, PreparedMessage message) {
    CompletableFuture<Published> answer = new CompletableFuture<>();
    if (!tally.take(message.length())) {
      answer.complete(tally.count(tally.excess()));
      return answer;
    }
    lane.run(
        () -> {
          Entry entry = new Entry(node, sequences.getAsLong(), sender, message);
          waiting.add(new Waiting(entry, nanoClock.getAsLong(), answer));
          appendNext();
        });
    return answer;
  }

  private void appendNext() {
    if (!appending && !waiting.isEmpty()) {
      appending = true;
      List<Waiting> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
        batch.add(waiting.remove());
      }
      append(batch, Effect.NONE);
    }
  }

  /**
   * Tries to append.
   *
   * @param before what the tries so far may have done
   */
  private void append(List<Waiting> batch, Effect before) {
    lane.ask(
        () -> engine.append(room, batch.stream().map(Waiting::entry).toList(), retention),
        (last, error) -> {
          if (last == null) {
            failed(batch, before, error);
          } else {
            succeeded(batch, last);
          }
        });
  }

  private void succeeded(List<Waiting> batch, Position last) {
    long offset = last.offset() - batch.size() + 1;
    for (Waiting one : batch) {
      answer(one, new Published.Appended(new Position(last.epoch(), offset)));
      offset++;
    }
    goOn();
  }

  private void failed(List<Waiting> batch, Effect before, @Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    Effect effect = cause instanceof EngineException failure ? failure.effect() : Effect.UNKNOWN;
    Effect all = before == Effect.UNKNOWN ? Effect.UNKNOWN : effect;
    boolean inTime = nanoClock.getAsLong() - batch.get(0).since < tally.time().toNanos();
    if (inTime && effect != Effect.NEVER) {
      engine.after(BETWEEN_TRIES, () -> lane.run(() -> append(batch, all)));
      return;
    }
    Published published =
        all == Effect.UNKNOWN
            ? new Published.Unknown(reason(cause))
            : new Published.Refused(reason(cause));
    batch.forEach(one -> answer(one, published));
    goOn();
  }

  private void goOn() {
    appending = false;
    appendNext();
  }

  private void answer(Waiting one, Published published) {
    tally.giveBack(one.entry.message().length());
    one.answer.complete(tally.count(published));
  }

  private static String reason(@Nullable Throwable cause) {
    return String.valueOf(cause == null ? null : cause.getMessage());
  }
}
