package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.internal.log.Log;

/** Keeps what was thrown from what must be done all the same. */
public final class Failures {

  private Failures() {}

  /** Runs something; what it throws is logged. */
  public static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Log.failure(what, e);
    }
  }
}
