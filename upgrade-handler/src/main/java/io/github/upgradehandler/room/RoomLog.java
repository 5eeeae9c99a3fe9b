package io.github.upgradehandler.room;

import java.lang.System.Logger.Level;

/** Logs what those who are called have thrown, so that it harms nobody else. */
final class RoomLog {

  private RoomLog() {}

  /** Never throws: who calls it has others to tell. */
  static void failed(String what, Throwable thrown) {
    try {
      System.getLogger("io.github.upgradehandler").log(Level.ERROR, what, thrown);
    } catch (Throwable e) {
      // Where memory is short a logger fails too.
    }
  }
}
