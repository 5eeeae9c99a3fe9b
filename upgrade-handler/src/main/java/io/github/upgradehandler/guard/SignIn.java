package io.github.upgradehandler.guard;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets in users that are signed in, and refuses others with 401 before the upgrade. Where a token
 * is asked for, the header {@code WWW-Authenticate} says so (RFC 6750 section 3); where the
 * container or a session signs users in there is none, since no scheme of HTTP would. After it
 * {@link Handshake#principal} and {@link io.github.upgradehandler.WebSocket#principal} say who it
 * is. See {@link FirstMessage} for clients that sign in only after the handshake.
 */
public final class SignIn implements Guard {

  private static final Map<String, String> NO_SCHEME = Map.of();
  private static final Map<String, String> TOKEN = Map.of("WWW-Authenticate", "Bearer");

  private final String way;
  private final Map<String, String> challenge;
  private final Function<Handshake, Optional<Principal>> principal;

  /**
   * A guard.
   *
   * @param way how one signs in, for the log
   * @param challenge the header that tells a client the scheme, where there is one
   */
  private SignIn(
      String way,
      Map<String, String> challenge,
      Function<Handshake, Optional<Principal>> principal) {
    this.way = way;
    this.challenge = challenge;
    this.principal = principal;
  }

  /** Lets in users that the container, or an earlier guard, has signed in. */
  public static SignIn required() {
    return new SignIn("required()", NO_SCHEME, Handshake::principal);
  }

  /**
   * Lets in the owner of a token in the query, as in {@code wss://host/chat?ticket=...}. A query
   * stands in the access logs of servers and proxies: so best a ticket that is good once, see
   * {@link Tickets}. This library logs no query.
   *
   * @param parameter the name of the query parameter
   */
  public static SignIn byQuery(String parameter, TokenVerifier verifier) {
    return new SignIn(
        "byQuery('" + parameter + "')",
        TOKEN,
        handshake -> handshake.parameter(parameter).flatMap(verifier::verify));
  }

  /**
   * Lets in the owner of a token among the subprotocols that the client offers, after a prefix:
   * what a browser can send besides the address, as in {@code new WebSocket(url, ["chat", "bearer."
   * + token])}. The server must agree on another of them, here {@code chat}, see {@link
   * io.github.upgradehandler.WebSocketConfig#subprotocols}: browsers give up if it agrees on none,
   * and the token is no answer.
   *
   * @param prefix with its dot, such as {@code bearer.}; the token after it may hold letters,
   *     digits and {@code !#$%&'*+-.^_`|~} (RFC 6455 section 4.1), as base64url does
   */
  public static SignIn bySubprotocol(String prefix, TokenVerifier verifier) {
    return new SignIn(
        "bySubprotocol('" + prefix + "')",
        TOKEN,
        handshake ->
            handshake.subprotocols().stream()
                .filter(offered -> offered.startsWith(prefix))
                .findFirst()
                .flatMap(offered -> verifier.verify(offered.substring(prefix.length()))));
  }

  @Override
  public Admission admit(Handshake handshake) {
    Optional<Principal> found = principal.apply(handshake);
    if (found.isEmpty()) {
      throw new HandshakeRefusedException(401, "Sign in first", challenge)
          .withDetail("SignIn." + way + " finds no user");
    }
    return Admission.UNCONDITIONAL.withPrincipal(found.get());
  }
}
