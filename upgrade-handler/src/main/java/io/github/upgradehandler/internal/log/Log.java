package io.github.upgradehandler.internal.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The one logger of the library, named after it. */
public final class Log {

  /** Thread-safe. */
  public static final Logger LOG = System.getLogger("io.github.upgradehandler");

  private Log() {}

  /** Logs what was thrown where nothing must be thrown, and so throws nothing itself. */
  public static void failure(String where, Throwable thrown) {
    try {
      LOG.log(Level.ERROR, where, thrown);
    } catch (Throwable e) {
      // Where memory is short a logger fails too: the caller must go on all the same.
    }
  }
}
