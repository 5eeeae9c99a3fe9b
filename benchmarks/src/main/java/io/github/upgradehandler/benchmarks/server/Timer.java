package io.github.upgradehandler.benchmarks.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread of an application that does the same again and again. */
final class Timer {

  private Timer() {}

  /**
   * Calls at a steady pace; what was missed is not made up for.
   *
   * @param pace between the end of a call and the beginning of the next; zero: never calls
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it goes on until the process ends
  static void every(Duration pace, Runnable call) {
    if (!pace.isZero()) {
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
      timer.scheduleWithFixedDelay(call, pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
