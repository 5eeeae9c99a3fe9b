package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.internal.work.Failures;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in order and one after another, without a lock: by the thread that adds one while no
 * other runs them. Thread-safe.
 */
public final class Lane {

  private final String failure;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Nothing to do yet.
   *
   * @param whose the tasks are, for the log if one throws
   */
  public Lane(String whose) {
    this.failure = whose + " failed";
  }

  /** Adds a task for {@link #run}, under whatever lock orders the tasks. */
  public void add(Runnable task) {
    tasks.add(task);
  }

  /** Adds a task and runs what waits. */
  public void run(Runnable task) {
    add(task);
    run();
  }

  /** Runs what waits, unless another thread does. */
  public void run() {
    // The busy thread checks again after its last task: so one of the two sees a new one.
    while (!tasks.isEmpty() && busy.compareAndSet(false, true)) {
      try {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          Failures.run(failure, task);
        }
      } finally {
        busy.set(false);
      }
    }
  }

  /**
   * Asks something, whose answer is a task. What asking throws is an answer too: an engine must not
   * throw, but one that does stops no room.
   */
  <T> void ask(
      Supplier<CompletionStage<T>> question, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    CompletionStage<T> asked;
    try {
      asked = question.get();
    } catch (Throwable e) {
      asked = CompletableFuture.failedStage(e);
    }
    asked.whenComplete((answer, error) -> run(() -> then.accept(answer, error)));
  }
}
