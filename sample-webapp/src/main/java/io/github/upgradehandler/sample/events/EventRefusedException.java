package io.github.upgradehandler.sample.events;

/** A listener does not do what it was asked; the peer is told why. */
public final class EventRefusedException extends Exception {

  /**
   * A refusal.
   *
   * @param message is sent to the peer
   */
  public EventRefusedException(String message) {
    super(message, null, false, false);
  }
}
