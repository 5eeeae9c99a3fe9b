package io.github.upgradehandler.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * How a server talks with the process that started it: it tells its port, answers {@code heap} with
 * the bytes that live objects take, and ends with its standard input.
 */
final class Supervision {

  /** The second time what finalizers and reference queues let go of is collected, too. */
  private static final int COLLECTIONS = 3;

  private Supervision() {}

  static void serve(int port) throws IOException {
    System.out.println("port " + port);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while ("heap".equals(commands.readLine())) {
      System.out.println("heap " + liveBytes());
    }
    Runtime.getRuntime().halt(0);
  }

  private static long liveBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
