package io.github.upgradehandler.benchmarks.load;

/** The server did not do what is measured; says what it did. */
final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadException(String message) {
    super(message);
  }

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
