package io.github.upgradehandler.internal.work;

/**
 * Counts the stages that a thread is given already complete. A dependent action runs at once,
 * inside the call that asked for the stage, and may ask for the next: so only some in a row may be
 * complete, or the stack would grow with every one.
 */
public final class ImmediateStages {

  private static final int MAX_IN_A_ROW = 64;

  /** An array of the JDK's, which holds no class loader. */
  private static final ThreadLocal<int[]> COUNT = ThreadLocal.withInitial(() -> new int[1]);

  private ImmediateStages() {}

  /** Whether one more may be complete already; else another thread is to complete it. */
  public static boolean another() {
    int[] count = COUNT.get();
    if (count[0] < 0) {
      return false;
    }
    count[0] = count[0] < MAX_IN_A_ROW ? count[0] + 1 : 0;
    return count[0] > 0;
  }

  /** Runs a task that no action that depends on a stage may delay. */
  public static void none(Runnable task) {
    int[] count = COUNT.get();
    int before = count[0];
    count[0] = -1;
    try {
      task.run();
    } finally {
      count[0] = before;
    }
  }
}
