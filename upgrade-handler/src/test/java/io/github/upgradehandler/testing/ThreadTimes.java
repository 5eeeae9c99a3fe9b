package io.github.upgradehandler.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** CPU time of the threads that were not there before. */
public final class ThreadTimes {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What a thread with nothing to do may take of a look; one in a loop takes most of it. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Set<Long> before = new HashSet<>();

  /** From now on. */
  public ThreadTimes() {
    Arrays.stream(THREADS.getAllThreadIds()).forEach(before::add);
  }

  /** Waits until all rest; a thread that never does fails it. */
  public void awaitRest() {
    Await.until(
        "threads to rest",
        () -> {
          Map<Long, Long> start = times();
          LockSupport.parkNanos(LOOK_NANOS);
          return times().entrySet().stream()
              .allMatch(now -> now.getValue() - start.getOrDefault(now.getKey(), 0L) < IDLE_NANOS);
        });
  }

  private Map<Long, Long> times() {
    Map<Long, Long> times = new HashMap<>();
    for (long id : THREADS.getAllThreadIds()) {
      if (!before.contains(id) && id != Thread.currentThread().getId()) {
        times.put(id, THREADS.getThreadCpuTime(id));
      }
    }
    return times;
  }
}
