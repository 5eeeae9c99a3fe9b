package io.github.upgradehandler.runner;

import java.time.Duration;

/**
 * Ends the process in good order at SIGTERM and SIGINT.
 *
 * <p>A JVM that ends by a signal has 143 or 130 as its status. Halting at the end of a shutdown
 * hook is the documented way to another one; nothing that other hooks do is missed.
 */
final class DrainOnSignal {
  // Of the drain time, for removing files and ending the process.
  private static final Duration RESERVE = Duration.ofMillis(500);

  private DrainOnSignal() {}

  /**
   * From now on a signal drains the server and ends the process with status 0.
   *
   * @param limit the process has ended after this time, whoever is still connected
   */
  static void install(EmbeddedServer server, Duration limit, WorkDirectory work) {
    Thread hook =
        new Thread(
            () -> {
              drain(server, limit.minus(RESERVE));
              work.close();
              Runtime.getRuntime().halt(0);
            },
            "drain");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** In a thread of its own, since a servlet's destroy may take as long as it likes. */
  private static void drain(EmbeddedServer server, Duration limit) {
    Thread stopping = new Thread(() -> server.stop(limit), "stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      // Zero would be for ever.
      stopping.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
