package io.github.upgradehandler.benchmarks.server;

import java.lang.management.ManagementFactory;

/** What live objects take in this process. */
public final class LiveHeap {

  /** The second time what finalizers and reference queues let go of is collected, too. */
  private static final int COLLECTIONS = 3;

  private LiveHeap() {}

  /** In bytes, after all garbage is collected. */
  public static long bytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
