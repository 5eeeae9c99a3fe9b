package io.github.upgradehandler.benchmarks.load;

/** The server did not do what is measured; says what it did. */
final class LoadException extends RuntimeException {

  LoadException(String message) {
    super(message);
  }

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
