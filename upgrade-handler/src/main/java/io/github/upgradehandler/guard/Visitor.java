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
  private final long dueAt;
  private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.EXPECTED);

  Visitor(WebSocket socket, long dueAt) {
    this.socket = socket;
    this.dueAt = dueAt;
  }

  long dueAt() {
    return dueAt;
  }

  boolean isExpected() {
    return standing.get() == Standing.EXPECTED && socket.isOpen();
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
      socket.close(CloseStatus.POLICY_VIOLATION.withReason(reason));
    }
  }
}
