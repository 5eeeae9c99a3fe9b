package io.github.upgradehandler.internal.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Holds back writing while a thread handles what it has read, so that everything sent meanwhile, to
 * whichever connections, goes out with one write and one flush for each of them.
 */
final class Cork {

  /**
   * The connections to be written; empty while nothing is held back. It stays with its thread, so
   * that an event allocates nothing, and between two events it is a list of the JDK with nothing of
   * ours in it: it does not hold the class loader of an application that was undeployed.
   */
  private static final ThreadLocal<@Nullable List<Outbound>> CURRENT = new ThreadLocal<>();

  /** A list that was longer, after a broadcast to many, does not stay. */
  private static final int MAX_KEPT = 1024;

  private Cork() {}

  /**
   * Holds this thread's writing back until {@link #end}.
   *
   * @param first the connection whose event is handled
   * @return what to give to {@link #end}; null if writing is held back already
   */
  static @Nullable List<Outbound> begin(Outbound first) {
    List<Outbound> waiting = CURRENT.get();
    if (waiting == null) {
      waiting = new ArrayList<>();
      CURRENT.set(waiting);
    } else if (!waiting.isEmpty()) {
      return null;
    }
    first.cork(waiting);
    return waiting;
  }

  /**
   * Writes what was held back since {@link #begin}. Whatever is thrown meanwhile, each connection
   * is written or ended, and this thread holds nothing back any more.
   */
  static void end(@Nullable List<Outbound> begun) {
    if (begun == null) {
      return;
    }
    int corked = begun.size();
    try {
      boolean handedOver = handOver(begun);
      // The list may grow meanwhile: who is told that something was sent may send more.
      for (int i = 0; i < begun.size(); i++) {
        Outbound outbound = begun.get(i);
        outbound.uncork(begun);
        if (!handedOver || i >= corked || outbound.writer().writingExecutor() == null) {
          outbound.flush();
        }
      }
    } finally {
      if (Math.max(corked, begun.size()) > MAX_KEPT) {
        CURRENT.remove();
      }
      begun.clear();
    }
  }

  /**
   * Other threads need not wait for what this one writes.
   *
   * @return false if they were not asked
   */
  private static boolean handOver(List<Outbound> begun) {
    Map<Executor, List<Outbound>> elsewhere = null; // an event allocates nothing
    try {
      for (int i = 0; i < begun.size(); i++) {
        Outbound outbound = begun.get(i);
        Executor executor = outbound.writer().writingExecutor();
        if (executor != null) {
          outbound.uncork(begun);
          if (elsewhere == null) {
            elsewhere = new HashMap<>();
          }
          elsewhere.computeIfAbsent(executor, unused -> new ArrayList<>()).add(outbound);
        }
      }
    } catch (Throwable e) { // no memory for it
      return false;
    }
    if (elsewhere != null) {
      elsewhere.forEach(Cork::flushThere);
    }
    return true;
  }

  private static void flushThere(Executor executor, List<Outbound> corked) {
    try {
      executor.execute(() -> corked.forEach(Outbound::flush));
    } catch (Throwable e) { // such as a server that is stopping
      corked.forEach(Outbound::flush);
    }
  }

  /** The list to which a connection with something to write adds itself; null: write now. */
  static @Nullable List<Outbound> current() {
    List<Outbound> waiting = CURRENT.get();
    return waiting == null || waiting.isEmpty() ? null : waiting;
  }
}
