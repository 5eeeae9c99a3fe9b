package io.github.upgradehandler.guard;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import java.util.concurrent.atomic.AtomicReference;

/** A connection that has to sign in: does so in time, or is refused. */
final class Visitor {

  private enum Standing {
    EXPECTED,
    SIGNED_IN,
    REFUSED
  }

  private final WebSocket socket;
  private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.EXPECTED);

  Visitor(WebSocket socket) {
    this.socket = socket;
  }

  boolean isSignedIn() {
    return standing.get() == Standing.SIGNED_IN;
  }

  /** Whether it was expected still: the deadline may have passed meanwhile. */
  boolean signIn() {
    return standing.compareAndSet(Standing.EXPECTED, Standing.SIGNED_IN);
  }

  /** Closes it, if it is expected. */
  void refuse(String reason) {
    if (standing.compareAndSet(Standing.EXPECTED, Standing.REFUSED)) {
      try {
        GuardClose.close(
            FirstMessage.class, socket, CloseStatus.POLICY_VIOLATION.withReason(reason));
      } catch (Throwable e) {
        standing.set(Standing.EXPECTED);
        throw e;
      }
    }
  }
}
