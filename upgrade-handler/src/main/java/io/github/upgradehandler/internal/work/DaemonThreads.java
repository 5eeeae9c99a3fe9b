package io.github.upgradehandler.internal.work;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do not keep the JVM alive, with names that show their owner in a thread dump. They
 * are started by whichever thread sends first, and take nothing over from it: neither its
 * inheritable thread-locals, such as a signed-in user, nor its context class loader.
 */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** Makes threads with their purpose in their names. */
  public static ThreadFactory named(String purpose) {
    return counted("websocket-" + purpose, DaemonThreads.class.getClassLoader());
  }

  /** Makes threads with a number behind their names, for an application. */
  public static ThreadFactory counted(String name, @Nullable ClassLoader application) {
    AtomicInteger count = new AtomicInteger();
    return task -> thread(task, name + "-" + count.incrementAndGet(), application);
  }

  /** Makes the only one of its name, for an application. */
  public static Thread thread(Runnable task, String name, @Nullable ClassLoader application) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setContextClassLoader(application);
    thread.setDaemon(true);
    return thread;
  }
}
