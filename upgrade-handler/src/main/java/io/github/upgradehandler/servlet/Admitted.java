package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import java.util.List;

/**
 * A request that the guards have let in.
 *
 * @param handshake says who the guards have found to be signed in
 * @param admission what they remember of it; to be released
 */
record Admitted(Handshake handshake, Admission admission) {

  /**
   * Asks the guards.
   *
   * @throws HandshakeRefusedException if one refuses
   */
  static Admitted by(List<Guard> guards, Handshake asked) {
    Admission admission = Guard.inOrder(guards).admit(asked);
    return new Admitted(admission.principal().map(asked::withPrincipal).orElse(asked), admission);
  }
}
