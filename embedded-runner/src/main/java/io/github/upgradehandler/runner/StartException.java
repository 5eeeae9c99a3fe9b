package io.github.upgradehandler.runner;

/** The server cannot start, for a reason the user can do something about: told in one line. */
final class StartException extends Exception {
  StartException(String message, Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  /** The innermost cause is the one that names the file, class or element. */
  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
