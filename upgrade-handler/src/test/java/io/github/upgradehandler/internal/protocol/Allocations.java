package io.github.upgradehandler.internal.protocol;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes of heap a piece of work takes. */
final class Allocations {

  /** A piece of work. */
  interface Work {
    void run() throws Exception;
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /** Bytes allocated by the second run: the first loads classes. */
  static long of(Work work) throws Exception {
    work.run();
    return ofOneRun(work);
  }

  /** Bytes allocated by the only run. */
  static long ofOneRun(Work work) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
