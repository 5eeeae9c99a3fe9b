package io.github.upgradehandler;

import java.util.List;

/**
 * Decides about handshakes before the application does, see {@link WebSocketConfig#guards}. One
 * guard may serve many endpoints: implementations must be thread-safe. A guard that acts on what
 * its connections send as well is a {@link MessageGuard}.
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
   * Several guards as one: a connection is let in if all let it in, asked in order; what the first
   * guard puts around the handler is the outermost. The principal that one guard names is seen by
   * the next ones. A {@link MessageGuard} if one of them is.
   */
  static Guard inOrder(List<Guard> guards) {
    if (guards.size() == 1) {
      return guards.get(0);
    }
    GuardChain chain = new GuardChain(guards);
    return guards.stream().anyMatch(MessageGuard.class::isInstance)
        ? new MessageGuardChain(chain)
        : chain;
  }
}
