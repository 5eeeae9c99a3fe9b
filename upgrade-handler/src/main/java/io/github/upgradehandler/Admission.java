package io.github.upgradehandler;

import java.security.Principal;
import java.util.Optional;

/** What a {@link Guard} says to a connection that it lets in, and remembers of it. */
public interface Admission {

  /** Lets a connection in, and does nothing else. */
  Admission UNCONDITIONAL = new Admission() {};

  /**
   * The user that the guard has found to be signed in, from then on {@link Handshake#principal}.
   */
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
   * The connection has ended, or was never opened; called exactly once, by any thread. Must not
   * block. What it throws is logged.
   */
  default void release() {}
}
