package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.log.LogKind;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * What the connections of a group write of their ends: which it is, and what decided. No line has
 * anything of a query, a header or a message. Thread-safe.
 */
final class ConnectionLog {

  private final EndpointLog log;

  ConnectionLog(EndpointLog log) {
    this.log = log;
  }

  /** This end closes it, since the peer broke a rule or a limit, or the handler said so. */
  void closed(WebSocket socket, int code, Throwable cause) {
    LogKind kind = cause instanceof CloseException ? LogKind.ENDED : LogKind.ENDED_FOR_CAUSE;
    log.write(
        kind,
        "connections closed with " + code,
        () -> name(socket) + " is closed with " + code + ": " + cause.getMessage());
  }

  /** A guard has closed it, or a logged room. */
  void closedBy(WebSocket socket, String by, int code, String reason) {
    log.write(
        LogKind.ENDED_FOR_CAUSE,
        "connections closed by " + by,
        () -> name(socket) + " is closed with " + code + ": " + reason + " (" + by + ")");
  }

  /** It has ended without a Close frame: a deadline has passed, or the transport is broken. */
  void lost(WebSocket socket, Throwable cause) {
    if (cause instanceof Error) { // no network's doing
      failed(socket, "reading or writing has failed", cause);
      return;
    }
    boolean late = cause instanceof TimeoutException;
    log.write(
        late ? LogKind.ENDED_FOR_CAUSE : LogKind.ENDED,
        "connections ended at a deadline",
        () -> name(socket) + " has ended: " + (late ? cause.getMessage() : cause));
  }

  /** The application's code for it has failed. */
  void failed(WebSocket socket, String what, Throwable cause) {
    log.write(
        LogKind.ENDED_BY_FAILURE, "failures of handlers", () -> name(socket) + ": " + what, cause);
  }

  /** It has ended, for whatever cause. */
  void ended(WebSocket socket, CloseEvent event) {
    log.write(
        LogKind.ENDED,
        "ends",
        () -> name(socket) + " has ended with " + event.code() + " by " + event.initiator());
  }

  /** See {@link EndpointLog#reportLeftOut}. */
  void reportLeftOut(Executor writer) {
    log.reportLeftOut(writer);
  }

  private static String name(WebSocket socket) {
    return "connection " + socket.id() + " for " + socket.handshake();
  }
}
