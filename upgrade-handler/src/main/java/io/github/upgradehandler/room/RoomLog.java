package io.github.upgradehandler.room;

import java.lang.System.Logger.Level;

/** Logs what a listener, backplane or receiver has thrown, so that the others are still called. */
final class RoomLog {

  private RoomLog() {}

  /** Never throws: its callers have others to call. */
  static void failed(String what, Throwable thrown) {
    try {
      System.getLogger("io.github.upgradehandler").log(Level.ERROR, what, thrown);
    } catch (Throwable e) {
      // Where memory is short a logger fails too.
    }
  }
}
