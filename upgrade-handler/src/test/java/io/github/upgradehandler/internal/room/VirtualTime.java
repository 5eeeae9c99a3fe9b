package io.github.upgradehandler.internal.room;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes from task to task, on the test's thread. */
final class VirtualTime {

  private record Task(long due, long number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
  private long now;
  private long number;

  /** In nanoseconds. */
  long now() {
    return now;
  }

  /** Runs a task once, when so much time has passed. */
  void after(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), number++, task));
  }

  /** Lets so much time pass. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!tasks.isEmpty() && tasks.peek().due <= end) {
      Task next = tasks.remove();
      now = next.due;
      next.action.run();
    }
    now = end;
  }
}
