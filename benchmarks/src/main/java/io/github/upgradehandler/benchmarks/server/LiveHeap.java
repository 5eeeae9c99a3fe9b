package io.github.upgradehandler.benchmarks.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;

/** What live objects take in this process. */
public final class LiveHeap {

  /** The second time what finalizers and reference queues let go of is collected, too. */
  private static final int COLLECTIONS = 3;

  private LiveHeap() {}

  /**
   * In bytes, as they were right after all garbage was collected: what is in use since then has
   * megabytes that threads have reserved to allocate in.
   */
  public static long bytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
