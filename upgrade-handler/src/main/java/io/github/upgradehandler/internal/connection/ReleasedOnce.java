package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.Failures;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Releases what guards remember of one request with the first call, since several callers may find
 * that it has failed. Thread-safe.
 */
final class ReleasedOnce implements Admission {

  private final Admission admission;
  private final AtomicBoolean released = new AtomicBoolean();

  private ReleasedOnce(Admission admission) {
    this.admission = admission;
  }

  static Admission of(Admission admission) {
    return admission == UNCONDITIONAL ? admission : new ReleasedOnce(admission);
  }

  @Override
  public Optional<Principal> principal() {
    return admission.principal();
  }

  @Override
  public WebSocketHandler around(WebSocketHandler handler) {
    return admission.around(handler);
  }

  /** Never throws: its callers have more to do. */
  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      Failures.run("a guard failed to release what it remembers", admission::release);
    }
  }
}
