package io.github.upgradehandler.socketio;

/** What an application does with an event of one name. */
@FunctionalInterface
public interface EventListener {

  /**
   * An event has come. The events of one client come one after another, in their order.
   *
   * @throws Exception is logged, and ends nothing
   */
  void onEvent(Args args, Ack ack) throws Exception;
}
