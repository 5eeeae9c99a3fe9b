package io.github.upgradehandler.servlet.container;

/**
 * Keeps the interruption of a thread, which is meant for what the application does on it, away from
 * the container's streams: some containers refuse to write then, and clear it, which ends a
 * connection only because that thread wrote to it.
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
public final class Interruption {

  private Interruption() {}

  /** Whether the thread was interrupted; it is not any more. */
  public static boolean lift() {
    return Thread.interrupted();
  }

  /** Interrupts the thread again if {@link #lift} said so. */
  public static void restore(boolean lifted) {
    if (lifted) {
      Thread.currentThread().interrupt();
    }
  }
}
