package io.github.upgradehandler.internal.connection;

/**
 * Which of the peer's bytes still count on a connection. It only goes forward:
 *
 * <pre>
 *             fail      abort
 *   OPEN      FAILED    ABORTED
 *   FAILED    -         ABORTED
 *   ABORTED   -         -
 * </pre>
 *
 * Kept apart from it are the closing handshake ({@link
 * io.github.upgradehandler.internal.protocol.ClosingHandshake}), the end of the transport, after
 * which what was read before is still handled, and flow control.
 */
enum Phase {
  /** Everything is handled. */
  OPEN,
  /** The connection has failed (section 7.1.7): only the peer's Close frame counts. */
  FAILED,
  /** The application has aborted it: nothing is delivered, not even of what was read already. */
  ABORTED
}
