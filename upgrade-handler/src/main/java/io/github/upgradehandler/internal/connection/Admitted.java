package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.MessageAdmission;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that the guards have let in.
 *
 * @param handshake names the user that the guards have found to be signed in
 * @param admission what they remember of it; to be released by any code that ends the request or
 *     its connection
 */
public record Admitted(Handshake handshake, Admission admission) {

  /**
   * Asks the guards.
   *
   * @throws HandshakeRefusedException if one refuses
   */
  public static Admitted by(List<Guard> guards, Handshake asked) {
    Admission admission = Guard.inOrder(guards).admit(asked).releasedOnce();
    Handshake known = admission.principal().map(asked::withPrincipal).orElse(asked);
    return new Admitted(known, admission);
  }

  /** A request with the first subprotocol that is spoken and offered, if it has none. */
  static Handshake negotiated(List<String> spoken, Handshake asked) {
    if (asked.subprotocol().isPresent()) {
      return asked;
    }
    Optional<String> chosen = ParsedOpening.chooseSubprotocol(spoken, asked.subprotocols());
    return chosen.isEmpty() ? asked : asked.toBuilder().subprotocol(chosen.get()).build();
  }

  /**
   * Has the application decide.
   *
   * @param offered the subprotocols that the client offers
   * @throws HandshakeRefusedException if it refuses
   * @throws IllegalStateException if it gives no answer, or one that cannot be agreed on, or if a
   *     guard would lose messages of its handler
   */
  public AcceptedHandshake accept(
      List<String> offered,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> application) {
    @Nullable HandshakeAnswer answer = application.apply(handshake);
    if (answer == null) {
      throw new IllegalStateException("the application has answered null to a handshake");
    }
    Acceptance acceptance = Acceptance.of(answer).orSubprotocol(handshake.subprotocol());
    WebSocketHandler handler = acceptance.handler();
    if (admission instanceof MessageAdmission inspecting) {
      handler = inspecting.around(handler);
    }
    Optional<String> chosen = acceptance.subprotocol();
    if (chosen.isPresent() && !offered.contains(chosen.get())) {
      throw new IllegalStateException(
          "the application has chosen the subprotocol '"
              + chosen.get()
              + "', which the client does not offer (RFC 6455 section 4.2.2)");
    }
    return new AcceptedHandshake(handshake, admission, acceptance, handler, null);
  }
}
