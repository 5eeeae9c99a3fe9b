package io.github.upgradehandler.room.log;

import io.github.upgradehandler.room.log.EngineException.Effect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An engine in memory that is away when the test says so, and counts what is read. What it is to do
 * after a while waits for {@link #passTime}. Not thread-safe.
 */
public final class ControlledEngine implements Engine {

  private final Engine kept = Engine.inMemory();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private Effect failure;
  private int reads;

  /** Nothing can be appended: a try has this effect. */
  public void away(Effect effect) {
    failure = effect;
  }

  /** It can again, and all that was to be tried again is. */
  public void back() {
    failure = null;
    passTime();
  }

  /** Does all that is due after a while. */
  public void passTime() {
    for (int due = later.size(); due > 0; due--) {
      later.remove().run();
    }
  }

  /** How often something was read. */
  public int reads() {
    return reads;
  }

  @Override
  public void start(Listener listener) {
    kept.start(listener);
  }

  @Override
  public CompletionStage<Position> append(String room, List<Entry> entries, Retention retention) {
    return failure == null
        ? kept.append(room, entries, retention)
        : CompletableFuture.failedStage(new EngineException(failure, "away"));
  }

  @Override
  public CompletionStage<Top> subscribe(String room) {
    return kept.subscribe(room);
  }

  @Override
  public void unsubscribe(String room) {
    kept.unsubscribe(room);
  }

  @Override
  public CompletionStage<Top> top(String room) {
    return kept.top(room);
  }

  @Override
  public CompletionStage<Run> read(String room, long after, int most) {
    reads++;
    return kept.read(room, after, most);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    later.add(task);
  }

  @Override
  public void close() {
    kept.close();
  }
}
