package io.github.upgradehandler.internal.work;

/** What the thread that has the turn to write does next. */
enum WritingStep {
  /** Write what waits. */
  WRITE(true),
  /** Send what was written. */
  FLUSH(true),
  /** More can be taken after all. */
  CHECK_AGAIN(true),
  /** Nothing waits, or no more is taken; others may write. */
  STOP(false),
  /** Everything is sent, and nothing more is to come. */
  FINISH(false),
  /** The turn has ended meanwhile: close what was written to, which no other thread does. */
  CLOSE(false);

  private final boolean goesOn;

  WritingStep(boolean goesOn) {
    this.goesOn = goesOn;
  }

  /** Whether the thread goes on after this. */
  boolean goesOn() {
    return goesOn;
  }
}
