package io.github.upgradehandler.internal.work;

import java.lang.System.Logger.Level;

/** Logs what was thrown where nothing must be thrown, and so throws nothing itself. */
public final class Failures {

  private Failures() {}

  /** Runs something; what it throws is logged. */
  public static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log(what, e);
    }
  }

  /** Logs an error. */
  public static void log(String where, Throwable thrown) {
    try {
      System.getLogger("io.github.upgradehandler").log(Level.ERROR, where, thrown);
    } catch (Throwable e) {
      // Where memory is short a logger fails too: the caller must go on all the same.
    }
  }
}
