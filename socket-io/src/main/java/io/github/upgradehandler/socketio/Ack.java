package io.github.upgradehandler.socketio;

/** The way to answer an event. Thread-safe. */
public interface Ack {

  /**
   * Answers; does nothing if the client has asked for no answer, has one already, or is gone.
   *
   * @throws IllegalArgumentException if a value cannot be written as JSON
   */
  void send(Object... values);

  /** Whether the client has asked for an answer. */
  boolean isRequested();
}
