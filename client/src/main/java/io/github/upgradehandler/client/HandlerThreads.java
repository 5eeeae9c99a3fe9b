package io.github.upgradehandler.client;

/** Where the handlers of a client run, unless its WebSocketConfig has an executor. */
public enum HandlerThreads {
  /** On threads of the client's own, up to 64: a handler may block. */
  WORKERS,
  /**
   * On the threads that read and write the sockets of all connections: faster by a change of
   * threads for each message, and a handler that blocks holds up other connections.
   */
  IO
}
