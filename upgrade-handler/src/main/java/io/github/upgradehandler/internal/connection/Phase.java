package io.github.upgradehandler.internal.connection;

/**
 * What of the peer's bytes still counts on a connection. It only becomes less:
 *
 * <pre>
 *             fail      abort
 *   OPEN      FAILED    ABORTED
 *   FAILED    -         ABORTED
 *   ABORTED   -         -
 * </pre>
 *
 * Apart from it stand the closing handshake ({@link
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
