package io.github.upgradehandler;

import java.util.function.UnaryOperator;

/** Several guards of which one acts on messages. */
record MessageGuardChain(GuardChain guards) implements MessageGuard {

  @Override
  public MessageAdmission admit(Handshake handshake) {
    return guards.admit(handshake).inspectedBy(UnaryOperator.identity());
  }
}
