package io.github.upgradehandler.servlet;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet has for as long as it is in service: made with its first use, and not at all when
 * there is none before its end. Thread-safe.
 */
final class InService<T> {

  private final Supplier<T> maker;
  private volatile @Nullable T made;
  private boolean ended; // guarded by this

  InService(Supplier<T> maker) {
    this.maker = maker;
  }

  /** It; null if the servlet is out of service and has never had it. */
  @Nullable T get() {
    T there = made;
    return there != null ? there : make();
  }

  private synchronized @Nullable T make() {
    if (made == null && !ended) {
      made = maker.get();
    }
    return made;
  }

  /** The servlet goes out of service. Gives what is to be ended; null if there is nothing. */
  synchronized @Nullable T end() {
    ended = true;
    return made;
  }
}
