package io.github.upgradehandler.room.log;

/** What became of a message to a logged room. */
public sealed interface Published {

  /**
   * It stands in the log, once.
   *
   * @param position its own
   */
  record Appended(Position position) implements Published {}

  /**
   * It does not stand in the log and never will.
   *
   * @param reason why
   */
  record Refused(String reason) implements Published {}

  /**
   * It stands in the log once or not at all: the engine has not answered.
   *
   * @param reason why that is not known
   */
  record Unknown(String reason) implements Published {}
}
