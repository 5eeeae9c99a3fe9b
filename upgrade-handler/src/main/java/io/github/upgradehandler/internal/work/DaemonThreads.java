package io.github.upgradehandler.internal.work;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that do not keep the JVM alive, with names that show their owner in a thread dump. They
 * are started by whichever thread sends first, and take nothing over from it: neither its
 * inheritable thread-locals, such as a signed-in user, nor its context class loader.
 */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** Makes threads with their purpose in their names. */
  public static ThreadFactory named(String purpose) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      String name = "websocket-" + purpose + "-" + count.incrementAndGet();
      Thread thread = new Thread(null, task, name, 0, false);
      thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
      thread.setDaemon(true);
      return thread;
    };
  }
}
