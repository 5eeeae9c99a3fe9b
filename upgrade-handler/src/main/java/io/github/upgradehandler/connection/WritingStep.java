package io.github.upgradehandler.connection;

/** What the writing thread does next. */
enum WritingStep {
  WRITE,
  FLUSH,
  /** The transport can take more after all. */
  LOOK_AGAIN,
  /** Nothing waits, or the transport takes no more; others may write. */
  STOP,
  /** Nothing waits, and both Close frames are exchanged. */
  FINISH,
  /** The connection has ended meanwhile: close the transport, which nobody else does. */
  CLOSE
}
