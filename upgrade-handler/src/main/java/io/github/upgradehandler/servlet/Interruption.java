package io.github.upgradehandler.servlet;

/**
 * Keeps the interruption of a thread, which is meant for what the application does on it, away from
 * the container's streams: Tomcat's {@code NioChannel} (seen on 10.1.59) refuses to write then, and
 * clears it, so that a connection ends which only happened to be written to by that thread.
 *
 * <pre>{@code
 * boolean interrupted = Interruption.lift();
 * try {
 *   // call the container
 * } finally {
 *   Interruption.restore(interrupted);
 * }
 * }</pre>
 */
final class Interruption {

  private Interruption() {}

  /** Whether the thread was interrupted; it is not any more. */
  static boolean lift() {
    return Thread.interrupted();
  }

  static void restore(boolean lifted) {
    if (lifted) {
      Thread.currentThread().interrupt();
    }
  }
}
