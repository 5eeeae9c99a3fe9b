package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.work.Caller;
import org.jspecify.annotations.Nullable;

/** What the sending half of a connection reports to. Thread-safe. */
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

  /** What waits to be sent is at or below the watermark again: reading and sending may go on. */
  void belowWatermark(Caller caller);
}
