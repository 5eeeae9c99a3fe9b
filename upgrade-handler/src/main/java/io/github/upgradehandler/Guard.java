package io.github.upgradehandler;

import java.util.List;

/**
 * Decides about handshakes before the application does, see {@link WebSocketConfig#guards}. One
 * guard may serve many endpoints: implementations must be thread-safe.
 */
@FunctionalInterface
public interface Guard {

  /**
   * Lets a connection in, or refuses it before it is upgraded; on the request's thread.
   *
   * @throws HandshakeRefusedException to refuse with an HTTP status and a reason
   */
  Admission admit(Handshake handshake);

  /**
   * Called about four times a second, for guards with deadlines; must not block.
   *
   * @param now in nanoseconds, as {@link System#nanoTime} counts them
   */
  default void checkDeadlines(long now) {}

  /**
   * Several guards as one: a connection is let in if all let it in, asked in order; the first
   * guard's wrapper of the handler is the outermost. The principal that one guard names is seen by
   * the next ones.
   */
  static Guard inOrder(List<Guard> guards) {
    return guards.size() == 1 ? guards.get(0) : new GuardChain(guards);
  }
}
