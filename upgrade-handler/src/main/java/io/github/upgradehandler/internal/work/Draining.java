package io.github.upgradehandler.internal.work;

import java.time.Duration;

/** How far it is with taking things out of service that some time is left for. Thread-safe. */
public final class Draining {

  private volatile boolean begun; // changed under the monitor
  private volatile boolean over;
  private long until; // guarded by the monitor

  /** Not begun. */
  public Draining() {}

  /**
   * Begins.
   *
   * @param longest how long {@link #await} waits, from now on
   * @return whether the caller is the first
   */
  public synchronized boolean begin(Duration longest) {
    if (begun) {
      return false;
    }
    until = System.nanoTime() + longest.toNanos();
    begun = true;
    return true;
  }

  /** Blocks until all have ended, or the time is over that was left for it. */
  public void await(Outstanding things) {
    long end;
    synchronized (this) {
      end = until;
    }
    things.await(Duration.ofNanos(end - System.nanoTime()));
    over = true;
  }

  /** Whether nothing new is to be let in. */
  public boolean isBegun() {
    return begun;
  }

  /** Whether what is left is to be ended at once. */
  public boolean isOver() {
    return over;
  }
}
