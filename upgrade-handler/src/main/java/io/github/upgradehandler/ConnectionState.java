package io.github.upgradehandler;

/**
 * Where a connection stands in the closing handshake (RFC 6455 section 7.1).
 *
 * <p>A connection exists for the application only after the opening handshake, so there is no state
 * for connecting.
 */
public enum ConnectionState {
  /** Both sides may send data. */
  OPEN,
  /** Our Close frame is queued or sent; the peer's has not come yet. */
  CLOSE_SENT,
  /** The peer's Close frame has come; ours is not queued yet. */
  CLOSE_RECEIVED,
  /** Both Close frames are exchanged, or the transport has ended. */
  CLOSED;

  /**
   * Whether a data or ping frame may still be sent: after a Close frame none may (section 5.5.1).
   */
  public boolean canSend() {
    return this == OPEN;
  }
}
