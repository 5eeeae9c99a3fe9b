package io.github.upgradehandler.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Lets what happens to one connection be handled by one thread at a time, whoever reports it:
 * events are bits, and whoever sets one while nobody is at work goes to work.
 *
 * <p>It is its own task, and its bits are a field: an event allocates nothing.
 */
abstract class SerialEvents implements Runnable {

  static final int OPENED = 1;
  static final int READABLE = 1 << 1;
  static final int DRAINED = 1 << 2;
  static final int ENDED = 1 << 3;
  private static final int AT_WORK = 1 << 31;

  private static final VarHandle PENDING;

  static {
    try {
      PENDING = MethodHandles.lookup().findVarHandle(SerialEvents.class, "pending", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // by PENDING
  private volatile int pending;

  /** Handles events; never two calls at a time, and each sees the effects of the one before. */
  abstract void handle(int events);

  /** Reports events to be handled on the given executor, or by whoever is at work. */
  final void signal(int events, Executor executor) {
    int before = (int) PENDING.getAndBitwiseOr(this, events | AT_WORK);
    if ((before & AT_WORK) == 0) {
      executor.execute(this);
    }
  }

  /** Whether nobody is at work and nothing is pending. */
  final boolean isIdle() {
    return pending == 0;
  }

  /** The work of the thread that found nobody at work; called by the executor alone. */
  @Override
  public final void run() {
    while (true) {
      int events = (int) PENDING.getAndSet(this, AT_WORK) & ~AT_WORK;
      if (events != 0) {
        handle(events);
      } else if (PENDING.compareAndSet(this, AT_WORK, 0)) {
        return;
      }
    }
  }
}
