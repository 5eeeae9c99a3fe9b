package io.github.upgradehandler.connection;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds back writing while a thread handles what it has read, so that everything sent meanwhile, to
 * whichever connections, goes out with one write and one flush for each of them.
 */
final class Cork {

  /** The connections to be written; only types of the JDK, so that no class loader is held. */
  private static final ThreadLocal<List<Outbound>> CURRENT = new ThreadLocal<>();

  private Cork() {}

  /** Runs the work of one read with this thread's writing held back until its end. */
  static void during(Runnable work) {
    if (CURRENT.get() != null) {
      work.run();
      return;
    }
    List<Outbound> waiting = new ArrayList<>(2);
    CURRENT.set(waiting);
    try {
      work.run();
    } finally {
      CURRENT.remove();
      for (int i = 0; i < waiting.size(); i++) {
        waiting.get(i).uncork(waiting);
      }
    }
  }

  /** The list to which a connection with something to write adds itself; null: write now. */
  static List<Outbound> current() {
    return CURRENT.get();
  }
}
