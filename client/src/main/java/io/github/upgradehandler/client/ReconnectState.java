package io.github.upgradehandler.client;

/** Where a {@link ReconnectingWebSocket} stands. */
public enum ReconnectState {
  /** A connection is being made. */
  CONNECTING,
  /** A connection is open. */
  OPEN,
  /** Another connection will be made. */
  WAITING,
  /** No more connections are made. */
  ENDED
}
