package io.github.upgradehandler.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.upgradehandler.testing.Await;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Compares what the process holds before and after a piece of work. */
final class LeakCheck {

  /** A piece of work. */
  interface Work {
    void run() throws Exception;
  }

  private static final long HEAP_NOISE = 4 << 20;
  private static final long DIRECT_NOISE = 16 << 20;
  private static final int THREAD_NOISE = 20;
  private static final int DESCRIPTOR_NOISE = 20;

  private final Callable<Integer> openConnections;
  private final long heap;
  private final long direct;
  private final int threads;
  private final long descriptors;

  /** Takes stock after a warm-up, which starts threads and fills pools. */
  LeakCheck(Work warmUp, Callable<Integer> openConnections) throws Exception {
    this.openConnections = openConnections;
    warmUp.run();
    awaitEnd();
    heap = heapAfterCollecting();
    direct = direct();
    threads = threads();
    descriptors = descriptors();
  }

  void assertNothingIsLeftOf(Work work) throws Exception {
    work.run();
    awaitEnd();
    long heapAfter = heapAfterCollecting();
    System.out.printf(
        "heap %d -> %d KiB, direct %d -> %d KiB, threads %d -> %d, descriptors %d -> %d%n",
        heap >> 10,
        heapAfter >> 10,
        direct >> 10,
        direct() >> 10,
        threads,
        threads(),
        descriptors,
        descriptors());
    assertThat(heapAfter - heap).as("bytes of heap").isLessThan(HEAP_NOISE);
    assertThat(direct() - direct).as("bytes of direct buffers").isLessThan(DIRECT_NOISE);
    assertThat(threads() - threads).as("threads").isLessThan(THREAD_NOISE);
    assertThat(descriptors() - descriptors).as("descriptors").isLessThan(DESCRIPTOR_NOISE);
  }

  private void awaitEnd() {
    Await.until("all TCP connections to end", () -> openConnections.call() == 0);
  }

  /** The least of some collections: finalizers and cleaners take turns. */
  static long heapAfterCollecting() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Native memory of buffers; that of codecs is counted by the tests of their pool. */
  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
