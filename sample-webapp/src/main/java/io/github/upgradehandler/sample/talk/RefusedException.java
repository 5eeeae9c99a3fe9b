package io.github.upgradehandler.sample.talk;

/** What a client asks for is not done; the message tells it why. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
