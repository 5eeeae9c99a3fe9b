package io.github.upgradehandler.internal.log;

/** A connection that writes what others know of its end to the log of its endpoint. */
public interface LoggedConnection {

  /**
   * A guard or a logged room has closed it.
   *
   * @param by what decided, for which one looks in the configuration: the name of the guard's class
   *     or of an option
   */
  void closedBy(String by, int code, String reason);

  /**
   * The application's code for it has failed.
   *
   * @param what the rest of the line
   */
  void failed(String what, Throwable thrown);

  /** The same for one that an application may have wrapped. */
  static void failed(Object connection, String what, Throwable thrown) {
    if (connection instanceof LoggedConnection logged) {
      logged.failed(what, thrown);
    } else {
      Log.failure(connection + ": " + what, thrown);
    }
  }
}
