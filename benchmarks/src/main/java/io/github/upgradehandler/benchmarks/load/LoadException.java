package io.github.upgradehandler.benchmarks.load;

/** The server did not do what is measured; says what it did. */
public final class LoadException extends RuntimeException {

  /** Says what went wrong. */
  public LoadException(String message) {
    super(message);
  }

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
