package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.internal.work.DaemonThreads;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** A thread with a selector, on which any number of sockets are served. Thread-safe. */
final class IoLoop implements Executor {

  private static final Logger LOG = System.getLogger("io.github.upgradehandler.client");
  private static final ThreadFactory THREADS = DaemonThreads.named("client-io");

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts the thread.
   *
   * @throws IOException if the system has no selector left
   */
  IoLoop() throws IOException {
    selector = Selector.open();
    thread = THREADS.newThread(this::run);
    thread.start();
  }

  /** Runs a task on the thread; after {@link #stop} never, or soon. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    wakeUp();
  }

  /** Whether the caller runs on this thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Has the selector see what was changed. */
  void wakeUp() {
    if (!isCurrent()) {
      selector.wakeup();
    }
  }

  /**
   * Has a port be told of its channel's readiness, none at first; on this thread.
   *
   * @throws IOException if the channel is closed
   */
  SelectionKey register(SelectableChannel channel, Port port) throws IOException {
    return channel.register(selector, 0, port);
  }

  /** Ends the thread when it has done what it does. */
  void stop() {
    stopping = true;
    selector.wakeup();
  }

  private void run() {
    try {
      while (!stopping) {
        selector.select();
        serveSelected();
        runTasks();
      }
      runTasks();
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the selector of the client has failed", e);
    }
  }

  private void serveSelected() {
    Set<SelectionKey> selected = selector.selectedKeys();
    for (SelectionKey key : selected) {
      guarded(() -> ((Port) key.attachment()).ready(key.readyOps()));
    }
    selected.clear();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  /** What one connection throws must not end the thread of the others. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (CancelledKeyException e) {
      LOG.log(Level.TRACE, "closed meanwhile", e);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a task of the client's I/O thread has failed", e);
    }
  }
}
