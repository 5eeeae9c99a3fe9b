package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.work.Caller;
import org.jspecify.annotations.Nullable;

/** What the sending half of a connection reports to. Any thread may call. */
interface OutboundOwner {

  /** The connection's name in logs. */
  String id();

  /** Fails the connection with a Close frame (section 7.1.7). */
  void fail(CloseStatus status, Throwable cause);

  /**
   * Ends the connection, once.
   *
   * @param cause null if it ends in order
   */
  void end(@Nullable Throwable cause, Caller caller);

  /** So little waits to be sent that reading and sending may go on. */
  void drained(Caller caller);
}
