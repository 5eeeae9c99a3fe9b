package io.github.upgradehandler;

/** What became of a message given to {@link WebSocket}. */
public enum SendResult {
  /** It is queued, and will be written unless the connection ends first. */
  ACCEPTED,
  /**
   * Too much is waiting already, and {@link OverflowPolicy} dropped it or closed the connection.
   */
  OVERFLOW,
  /** The connection is closing or closed. */
  CLOSED;

  /** Whether the message is queued. */
  public boolean isAccepted() {
    return this == ACCEPTED;
  }
}
