package io.github.upgradehandler.socketio;

/** Decides about sockets that join a namespace, before its listeners know of them. */
@FunctionalInterface
public interface Middleware {

  /**
   * Decides, now or later.
   *
   * @throws Exception is logged, and refuses with {@code Internal error}
   */
  void handle(Socket socket, Next next) throws Exception;
}
