package io.github.upgradehandler.connection;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets what happens to one connection be handled by one thread at a time, whoever reports it:
 * events are bits, and whoever sets one while nobody is at work goes to work.
 */
abstract class SerialEvents {

  static final int OPENED = 1;
  static final int READABLE = 1 << 1;
  static final int DRAINED = 1 << 2;
  static final int ENDED = 1 << 3;
  private static final int AT_WORK = 1 << 31;

  private final AtomicInteger pending = new AtomicInteger();

  /** Handles events; never two calls at a time, and each sees the effects of the one before. */
  abstract void handle(int events);

  /** Reports events to be handled on the given executor, or by whoever is at work. */
  final void signal(int events, Executor executor) {
    int before = pending.getAndUpdate(bits -> bits | events | AT_WORK);
    if ((before & AT_WORK) == 0) {
      executor.execute(this::work);
    }
  }

  /** Whether nobody is at work and nothing is pending. */
  final boolean isIdle() {
    return pending.get() == 0;
  }

  private void work() {
    while (true) {
      int events = pending.getAndSet(AT_WORK) & ~AT_WORK;
      if (events != 0) {
        handle(events);
      } else if (pending.compareAndSet(AT_WORK, 0)) {
        return;
      }
    }
  }
}
