package io.github.upgradehandler.internal.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What is logged of requests and of ends: the logger and the level, as in docs/logging.md. */
public enum LogKind {
  /** A request that is refused. */
  REQUEST_REFUSED(Log.REFUSED, Level.INFO),
  /** A request whose answer a filter has given or changed. */
  REQUEST_SPOILED(Log.REFUSED, Level.WARNING),
  /** A request that is answered with 500: the fault is the server's. */
  REQUEST_FAILED(Log.REFUSED, Level.ERROR),
  /** The peer broke a rule, went beyond a limit or a deadline: an option or a guard decided. */
  ENDED_FOR_CAUSE(Log.ENDED, Level.INFO),
  /** Other code of the server has ended an event stream. */
  ENDED_BY_OTHERS(Log.ENDED, Level.WARNING),
  /** The application's code for a connection threw, or the library's. */
  ENDED_BY_FAILURE(Log.ENDED, Level.ERROR),
  /** Every end, also an orderly one or that of a network; to look closely, so not bounded. */
  ENDED(Log.ENDED, Level.DEBUG);

  private final Logger logger;
  private final Level level;

  LogKind(Logger logger, Level level) {
    this.logger = logger;
    this.level = level;
  }

  Logger logger() {
    return logger;
  }

  Level level() {
    return level;
  }

  /** Whether of many lines only the first are written. */
  boolean isBounded() {
    return level.compareTo(Level.DEBUG) > 0;
  }

  boolean isLoggable() {
    return logger.isLoggable(level);
  }
}
