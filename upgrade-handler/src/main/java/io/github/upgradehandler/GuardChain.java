package io.github.upgradehandler;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** Several guards, asked in order. */
final class GuardChain implements Guard {

  private final List<Guard> guards;

  GuardChain(List<Guard> guards) {
    this.guards = List.copyOf(guards);
  }

  @Override
  public Admission admit(Handshake handshake) {
    Admission admitted = Admission.UNCONDITIONAL;
    Handshake known = handshake;
    try {
      for (Guard guard : guards) {
        Admission next = guard.admit(known);
        admitted = admitted.and(next);
        Optional<Principal> named = next.principal();
        if (named.isPresent()) {
          known = known.withPrincipal(named.get());
        }
      }
    } catch (Throwable e) {
      admitted.release(); // the guards before have counted a connection that is not opened
      throw e;
    }
    return admitted;
  }
}
