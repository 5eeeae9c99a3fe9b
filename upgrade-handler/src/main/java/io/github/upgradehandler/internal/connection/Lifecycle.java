package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.work.Caller;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How one connection fails and ends, as its parts see it: what they report, and what they ask of
 * the whole. Thread-safe, but for what is confined to the thread that handles events.
 */
interface Lifecycle {

  /** The connection's name in logs. */
  String id();

  /** Which of the peer's bytes still count. */
  Phase phase();

  /** The first cause of failing the connection; null if there is none. */
  @Nullable Throwable failure();

  /** Fails the connection with a Close frame (section 7.1.7). */
  void fail(CloseStatus status, Throwable cause);

  /** A method of the handler threw: fails the connection. */
  void handlerFailed(Throwable cause);

  /**
   * Ends the connection, once.
   *
   * @param cause null if it ends in order
   */
  void end(@Nullable Throwable cause, Caller caller);

  /** What waits to be sent is at or below the watermark again: reading and sending may go on. */
  void belowWatermark(Caller caller);

  /** A pong has come; by the thread that handles events. */
  void pongReceived(ByteBuffer payload);

  /** The handler is given nothing more but the end; by the thread that handles events. */
  void closed(CloseEvent event);
}
