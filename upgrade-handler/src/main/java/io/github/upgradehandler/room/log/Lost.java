package io.github.upgradehandler.room.log;

/**
 * Messages are missing: what is delivered next does not follow on what was delivered before.
 *
 * @param reason why
 * @param position from where delivery goes on
 */
public record Lost(Reason reason, Position position) {

  /** Why messages are missing. */
  public enum Reason {
    /** They are not kept any more, see {@link Retention}. */
    TRIMMED,
    /** There are more than are sent at once. */
    TOO_FAR,
    /** The position is of no log that this one continues: it has expired, or never was. */
    UNKNOWN,
    /** The engine has lost the end of its log. */
    ROLLED_BACK
  }
}
