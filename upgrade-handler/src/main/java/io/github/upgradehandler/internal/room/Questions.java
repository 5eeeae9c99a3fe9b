package io.github.upgradehandler.internal.room;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a room asks its engine, one thing at a time: an answer that comes after something else was
 * asked counts for nothing. Confined to the room's lane, into which it puts the answers.
 */
final class Questions {

  private final Lane lane;
  private final Later later;
  private final LogLimits limits;
  private int latest;
  private int answered;
  private Duration retry;

  Questions(Lane lane, Later later, LogLimits limits) {
    this.lane = lane;
    this.later = later;
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
    askBeside(
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

  /** Asks without giving up what was asked before. */
  <T> void askBeside(
      Supplier<CompletionStage<T>> question, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    CompletionStage<T> asked;
    try {
      asked = question.get();
    } catch (Throwable e) { // which an engine must not, but one that does stops no room
      asked = CompletableFuture.failedStage(e);
    }
    asked.whenComplete((answer, error) -> lane.run(() -> then.accept(answer, error)));
  }

  /** Does something after a while, unless something is asked before. */
  void again(Duration delay, Runnable action) {
    int number = ++latest;
    Duration doubled = delay.multipliedBy(2);
    retry = doubled.compareTo(limits.lastRetry()) < 0 ? doubled : limits.lastRetry();
    later.after(
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
