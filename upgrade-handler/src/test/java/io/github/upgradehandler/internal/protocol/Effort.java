package io.github.upgradehandler.internal.protocol;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;

/** How the processor time of a piece of work grows with its input. */
final class Effort {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 10;

  private Effort() {}

  /**
   * How many times longer the work takes for an input 16 times as long: about 16 where it is
   * linear, 256 where it is quadratic. The best of some rounds counts.
   */
  static double ofSixteenfold(int length, IntFunction<Runnable> workOfLength) {
    Runnable small = workOfLength.apply(length);
    Runnable large = workOfLength.apply(16 * length);
    best(small);
    best(large);
    return (double) best(large) / best(small);
  }

  private static long best(Runnable work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      work.run();
      best = Math.min(best, Math.max(1, THREADS.getCurrentThreadCpuTime() - before));
    }
    return best;
  }
}
