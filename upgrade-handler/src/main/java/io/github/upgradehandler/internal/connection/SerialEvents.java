package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.work.Trampoline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Has the events of one connection handled by one thread at a time, whichever thread reports them:
 * events are bits, and the thread that sets one while no other handles events starts to.
 *
 * <p>It is its own task, and its bits are a field: an event allocates nothing. An executor that
 * throws, and may have taken the task all the same, does no harm: a second thread finds that the
 * first handles events.
 */
abstract class SerialEvents implements Runnable, Trampoline.Step {

  static final int OPENED = 1;
  static final int READABLE = 1 << 1;
  static final int BELOW_WATERMARK = 1 << 2;
  static final int INPUT_ENDED = 1 << 3;
  static final int ENDED = 1 << 4;

  /** A thread handles events, or was asked for. */
  private static final int ASKED = 1 << 30;

  private static final int HANDLING = 1 << 31;

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

  private @Nullable Executor later; // confined to the thread that handles events

  /** Handles events; never two calls at a time, and each sees the effects of the one before. */
  abstract void handle(int events);

  /** What {@link #handle} throws comes here, on the same thread. */
  void failed(Throwable thrown) {
    Log.failure("events of a connection", thrown);
  }

  /**
   * Reports events to be handled on the given executor, or by the thread that handles events now.
   */
  final void signal(int events, Executor executor) {
    int before = (int) PENDING.getAndBitwiseOr(this, events | ASKED);
    if ((before & ASKED) == 0) {
      try {
        executor.execute(this);
      } catch (Throwable e) {
        run(); // an event must not be lost, and no thread would handle those after it
      }
    }
  }

  /**
   * To be called by {@link #handle}, which then returns: {@link #READABLE} comes again on the given
   * executor, after what waits there.
   */
  final void goOnLater(Executor executor) {
    later = executor;
  }

  /** Whether no thread handles events and nothing is pending. */
  final boolean isIdle() {
    return pending == 0;
  }

  /** Handles events, on the one thread that does; called by the executor alone. */
  @Override
  public final void run() {
    Trampoline.run(this);
  }

  @Override
  public final void step() {
    if (!begin()) {
      return;
    }
    while (true) {
      int events = (int) PENDING.getAndSet(this, HANDLING | ASKED) & ~(HANDLING | ASKED);
      if (events == 0) {
        if (PENDING.compareAndSet(this, HANDLING | ASKED, 0)) {
          return;
        }
        continue;
      }
      try {
        handle(events);
      } catch (Throwable e) {
        failed(e);
      }
      Executor executor = later;
      if (executor != null) {
        later = null;
        if (new Rest().isLeftTo(executor)) {
          return;
        }
      }
    }
  }

  /** Whether no other thread handles events. */
  private boolean begin() {
    return ((int) PENDING.getAndBitwiseOr(this, HANDLING | ASKED) & HANDLING) == 0;
  }

  /** Continues after a turn on an executor, unless that runs it inside the turn. */
  private final class Rest implements Runnable {

    private final Thread giving = Thread.currentThread();

    // Both confined to that thread.
    private boolean given;
    private boolean returned;

    /** Whether another thread continues, or will. */
    boolean isLeftTo(Executor executor) {
      PENDING.getAndBitwiseOr(SerialEvents.this, READABLE);
      PENDING.getAndBitwiseAnd(SerialEvents.this, ~HANDLING);
      try {
        executor.execute(this);
      } catch (Throwable e) {
        returned = true;
      }
      given = true;
      return !returned || !begin();
    }

    @Override
    public void run() {
      if (giving == Thread.currentThread() && !given) {
        returned = true;
      } else {
        SerialEvents.this.run();
      }
    }
  }
}
