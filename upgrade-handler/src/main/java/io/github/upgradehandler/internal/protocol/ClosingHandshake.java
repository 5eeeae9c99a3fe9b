package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * The closing handshake (section 7.1): which Close frames were sent and received. Not thread-safe.
 *
 * <pre>
 *                  send            receive          lose
 *   OPEN           CLOSE_SENT      CLOSE_RECEIVED   CLOSED
 *   CLOSE_SENT     -               CLOSED           CLOSED
 *   CLOSE_RECEIVED CLOSED          -                CLOSED
 *   CLOSED         -               -                CLOSED
 * </pre>
 */
public final class ClosingHandshake {

  private ConnectionState state = ConnectionState.OPEN;
  private Initiator initiator = Initiator.TRANSPORT;
  private @Nullable CloseStatus sent;
  private @Nullable CloseStatus received;

  /** Where the handshake stands. */
  public ConnectionState state() {
    return state;
  }

  /**
   * This end sends a Close frame.
   *
   * @return false if it must not, because one was sent before or the connection has ended
   */
  public boolean send(CloseStatus status) {
    switch (state) {
      case OPEN -> {
        initiator = Initiator.LOCAL;
        state = ConnectionState.CLOSE_SENT;
      }
      case CLOSE_RECEIVED -> state = ConnectionState.CLOSED;
      default -> {
        return false;
      }
    }
    sent = status;
    return true;
  }

  /** The peer's Close frame has come. */
  public void receive(CloseStatus status) {
    switch (state) {
      case OPEN -> {
        initiator = Initiator.REMOTE;
        state = ConnectionState.CLOSE_RECEIVED;
      }
      case CLOSE_SENT -> state = ConnectionState.CLOSED;
      default -> {
        return;
      }
    }
    received = status;
  }

  /** The transport has ended; no frame goes or comes any more. */
  public void lose() {
    state = ConnectionState.CLOSED;
  }

  /** How the connection ended (sections 7.1.4 to 7.1.6). */
  public CloseEvent event() {
    return new CloseEvent(
        received == null ? CloseStatus.ABNORMAL : received,
        sent,
        initiator,
        sent != null && received != null);
  }
}
