package io.github.upgradehandler.internal.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stages that complete when everything up to some byte is sent. Guarded by its owner's lock. */
final class SentWaiters {

  private record Waiter(long until, CompletableFuture<Void> done) {}

  /** The byte of what waits for the end of a fragmented message: {@link #untilAtLast} sets it. */
  static final long LATER = Long.MAX_VALUE;

  private ArrayDeque<Waiter> waiters = new ArrayDeque<>(2);

  void add(long until, CompletableFuture<Void> done) {
    waiters.add(new Waiter(until, done));
  }

  /** Sets the byte for those that were added for {@link #LATER}. */
  void untilAtLast(long until) {
    ArrayDeque<Waiter> known = new ArrayDeque<>(waiters.size());
    waiters.forEach(waiter -> known.add(new Waiter(Math.min(waiter.until, until), waiter.done)));
    waiters = known;
  }

  /** Removes those whose bytes are sent, to be completed without the lock. */
  List<CompletableFuture<Void>> takeUpTo(long sent) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (Waiter next = waiters.peek(); next != null && next.until <= sent; next = waiters.peek()) {
      done.add(next.done);
      waiters.remove();
    }
    return done;
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  void fail(Exception cause) {
    waiters.forEach(waiter -> waiter.done.completeExceptionally(cause));
  }
}
