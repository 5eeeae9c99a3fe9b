package io.github.upgradehandler.socketio;

/** What an application does with events of any name. */
@FunctionalInterface
public interface AnyListener {

  /**
   * An event has come, or goes.
   *
   * @throws Exception is logged, and ends nothing
   */
  void onEvent(String event, Args args) throws Exception;
}
