package io.github.upgradehandler.internal.work;

/** Which thread reports something about a connection, and so where its handler may run. */
public enum Caller {
  /** A thread of the container that came for this connection: the handler may run on it. */
  CONTAINER,
  /** Any other thread: the handler runs on an executor. */
  OTHER_THREAD,
  /** The thread that handles this connection's events now, and then this one. */
  EVENT_THREAD
}
