package io.github.upgradehandler;

import java.security.Principal;
import java.util.Optional;

/** What a {@link Guard} says to a connection that it lets in, and remembers of it. */
public interface Admission {

  /** Let in, and nothing more to it. */
  Admission UNCONDITIONAL = new Admission() {};

  /** Whom the guard has found to be signed in; {@link Handshake#principal} says it from then on. */
  default Optional<Principal> principal() {
    return Optional.empty();
  }

  /**
   * Puts something between the connection and its handler. If that is a {@link PartialHandler}, the
   * result must be one too.
   */
  default WebSocketHandler around(WebSocketHandler handler) {
    return handler;
  }

  /**
   * The connection has ended, or has not come about after all; comes exactly once, from any thread.
   * Must not block. What it throws is logged.
   */
  default void release() {}
}
