package io.github.upgradehandler.socketio.internal.engine;

/** Which side has ended a session: what a poll is told that comes, or waits. */
enum Ending {
  /** The client has: its poll is answered with nothing to do, also one that comes just after. */
  BY_CLIENT,
  /** This side has: the next poll gets what waits, and that it is over. */
  BY_SERVER,
  /** Something is wrong: a poll that waits is told that it is over, the next knows no session. */
  AT_ONCE
}
