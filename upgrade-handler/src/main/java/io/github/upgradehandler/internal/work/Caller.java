package io.github.upgradehandler.internal.work;

/** Which thread reports something about a connection, and so where its handler may run. */
public enum Caller {
  /** A thread of the container that came for this connection: the handler may run on it. */
  CONTAINER,
  /** A thread that has other things to do: the handler runs elsewhere. */
  OTHER_THREAD,
  /** The thread that handles this connection's events at the moment: it will see to it. */
  EVENT_THREAD
}
