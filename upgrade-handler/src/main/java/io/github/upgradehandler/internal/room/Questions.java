package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Engine;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a room asks its engine, one thing at a time: an answer that comes after something else was
 * asked counts for nothing. Confined to the room's lane, into which it puts the answers.
 */
final class Questions {

  private final Lane lane;
  private final Engine engine;
  private final LogLimits limits;
  private int latest;
  private int answered;
  private Duration retry;

  Questions(Lane lane, Engine engine, LogLimits limits) {
    this.lane = lane;
    this.engine = engine;
    this.limits = limits;
    this.retry = limits.firstRetry();
  }

  /** The number of the latest question. */
  int latest() {
    return latest;
  }

  /** The number of the latest question that has an answer. */
  int answered() {
    return answered;
  }

  /** How long to wait where a question has failed. */
  Duration retry() {
    return retry;
  }

  /** The engine works. */
  void succeeded() {
    retry = limits.firstRetry();
  }

  /** No answer counts any more. */
  void forget() {
    latest++;
  }

  <T> void ask(Supplier<CompletionStage<T>> question, Consumer<T> then, Runnable failed) {
    int number = ++latest;
    lane.ask(
        question,
        (answer, error) -> {
          if (number != latest) {
            return;
          }
          if (answer == null) {
            failed.run();
          } else {
            answered = number;
            then.accept(answer);
          }
        });
  }

  /** Does something after a while, unless something is asked before. */
  void again(Duration delay, Runnable action) {
    int number = ++latest;
    Duration doubled = delay.multipliedBy(2);
    retry = doubled.compareTo(limits.lastRetry()) < 0 ? doubled : limits.lastRetry();
    engine.after(
        delay,
        () ->
            lane.run(
                () -> {
                  if (number == latest) {
                    action.run();
                  }
                }));
  }
}
