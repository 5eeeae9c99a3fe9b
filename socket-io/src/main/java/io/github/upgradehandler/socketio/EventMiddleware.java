package io.github.upgradehandler.socketio;

/** Decides about the events of one socket, before its listeners get them. */
@FunctionalInterface
public interface EventMiddleware {

  /**
   * Decides, now or later. An event that is refused is dropped, and logged.
   *
   * @throws Exception is logged, and drops the event
   */
  void handle(String event, Args args, Next next) throws Exception;
}
