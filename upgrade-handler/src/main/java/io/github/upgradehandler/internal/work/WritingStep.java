package io.github.upgradehandler.internal.work;

/** What the thread whose turn of writing it is does next, see {@link WritingTurn}. */
enum WritingStep {
  /** Write what waits. */
  WRITE,
  /** Send on what was written. */
  FLUSH,
  /** More can be taken after all. */
  LOOK_AGAIN,
  /** Nothing waits, or no more is taken; others may write. */
  STOP,
  /** Everything is sent, and nothing more is to come. */
  FINISH,
  /** It has ended meanwhile: close what was written to, which nobody else does. */
  CLOSE;

  /** Whether the thread goes on after this. */
  boolean goesOn() {
    return compareTo(STOP) < 0;
  }
}
