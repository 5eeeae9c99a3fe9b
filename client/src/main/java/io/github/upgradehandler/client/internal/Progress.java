package io.github.upgradehandler.client.internal;

/** How far a step of making a connection has come, and what it needs to go on. */
enum Progress {
  /** The next step follows. */
  DONE,
  /** The socket must have something to read. */
  NEEDS_INPUT,
  /** The socket must take more. */
  NEEDS_OUTPUT,
  /** Something is to be computed, not on the thread of the loop. */
  NEEDS_WORK
}
