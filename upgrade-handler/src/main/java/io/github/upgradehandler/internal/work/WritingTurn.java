package io.github.upgradehandler.internal.work;

/**
 * Where the turn to write stands: of the threads that want to write one at a time does, and while
 * the output takes no more, none does until it reports that it can.
 */
enum WritingTurn {
  /** No thread writes until the output reports for the first time that it takes anything. */
  STARTING,
  /** No thread writes; the next to send does. */
  FREE,
  /** A thread writes. */
  TAKEN,
  /** A thread writes, and the output has reported meanwhile that it can take more. */
  TAKEN_AND_WRITABLE,
  /** No thread writes until the output reports that it can take more. */
  BLOCKED,
  /** No thread writes any more. */
  ENDED;

  /** Whether a thread writes. */
  boolean isTaken() {
    return this == TAKEN || this == TAKEN_AND_WRITABLE;
  }

  /** Whether nothing can be written until the output reports that it can take more. */
  boolean awaitsOutput() {
    return this == BLOCKED || this == STARTING;
  }
}
