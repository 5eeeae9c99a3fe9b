package io.github.upgradehandler.socketio.redis;

import java.util.concurrent.CompletionException;

/** What stages report. */
final class Errors {

  private Errors() {}

  /** Without what stages have put around it. */
  static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  static String message(Throwable error) {
    return String.valueOf(cause(error).getMessage());
  }
}
