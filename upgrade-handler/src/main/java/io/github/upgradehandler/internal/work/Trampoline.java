package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.internal.log.Log;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps that may cause more steps on the same thread: one after another instead of one inside
 * the other, so that the stack does not grow with what an application chains.
 */
public final class Trampoline {

  /** Something to be run. */
  public interface Step {
    /** Runs it; what it throws is logged. */
    void step();
  }

  /**
   * The running step, then those that are to run after it; empty otherwise, so that it holds
   * nothing of an application.
   */
  private static final ThreadLocal<@Nullable ArrayDeque<Step>> CURRENT = new ThreadLocal<>();

  /** A queue that was longer does not stay with its thread. */
  private static final int MAX_KEPT = 1024;

  private Trampoline() {}

  /** Runs a step, now or when the step that this thread is running has returned. */
  public static void run(Step step) {
    ArrayDeque<Step> steps = CURRENT.get();
    if (steps == null) {
      steps = new ArrayDeque<>(4);
      CURRENT.set(steps);
    }
    boolean first = steps.isEmpty();
    try {
      steps.add(step);
    } catch (Throwable e) { // no memory to put it off
      step.step();
      return;
    }
    if (first) {
      runAll(steps);
    }
  }

  private static void runAll(ArrayDeque<Step> steps) {
    int max = 0;
    try {
      for (Step next = steps.peek(); next != null; next = steps.peek()) {
        max = Math.max(max, steps.size());
        try {
          next.step();
        } catch (Throwable e) {
          Log.failure("events of a connection", e);
        }
        steps.remove();
      }
    } finally {
      steps.clear();
      if (max > MAX_KEPT) {
        CURRENT.remove();
      }
    }
  }
}
