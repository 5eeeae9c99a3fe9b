package io.github.upgradehandler.internal.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The library's loggers, named after it; {@code docs/logging.md} says what each is for. */
public final class Log {

  private static final String NAME = "io.github.upgradehandler";

  /** All that is neither of a request nor of the end of a connection. Thread-safe. */
  public static final Logger LOG = System.getLogger(NAME);

  /** Requests that were not let in. */
  static final Logger REFUSED = System.getLogger(NAME + ".refused");

  /** The ends of connections and event streams. */
  static final Logger ENDED = System.getLogger(NAME + ".ended");

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
