package io.github.upgradehandler.socketio.testing;

import java.lang.management.ManagementFactory;

/** The heap of this process. */
public final class Heap {

  private Heap() {}

  /** Bytes in use after the collector has run until nothing more goes. */
  public static long used() {
    long used = Long.MAX_VALUE;
    for (long next = collected(); next < used; next = collected()) {
      used = next;
    }
    return used;
  }

  private static long collected() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
