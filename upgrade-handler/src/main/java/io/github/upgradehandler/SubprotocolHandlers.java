package io.github.upgradehandler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What handles a connection by the subprotocol that is agreed on (RFC 6455 section 1.9): for a
 * servlet's constructor or {@code accept}, and for a client. Immutable.
 *
 * <pre>{@code
 * SubprotocolHandlers.of("chat.v2", handshake -> new Chat())
 *     .and("chat.v1", handshake -> new OldChat())
 *     .orElse(handshake -> new OldChat());
 * }</pre>
 */
public final class SubprotocolHandlers implements Function<Handshake, HandshakeAnswer> {

  private final Map<String, Function<? super Handshake, ? extends HandshakeAnswer>> handlers;
  private final @Nullable Function<? super Handshake, ? extends HandshakeAnswer> otherwise;

  private SubprotocolHandlers(
      Map<String, Function<? super Handshake, ? extends HandshakeAnswer>> handlers,
      @Nullable Function<? super Handshake, ? extends HandshakeAnswer> otherwise) {
    this.handlers = handlers;
    this.otherwise = otherwise;
  }

  /**
   * One subprotocol, the best.
   *
   * @param name a token of RFC 9110 section 5.6.2, compared with regard to case
   * @param handler decides about a connection that speaks it; {@link Handshake#subprotocol} is its
   *     name
   * @throws IllegalArgumentException if the name is no token
   */
  public static SubprotocolHandlers of(
      String name, Function<? super Handshake, ? extends HandshakeAnswer> handler) {
    return new SubprotocolHandlers(Map.of(), null).and(name, handler);
  }

  /**
   * With one more, preferred less than those before.
   *
   * @throws IllegalArgumentException if the name is no token, or is there already
   */
  public SubprotocolHandlers and(
      String name, Function<? super Handshake, ? extends HandshakeAnswer> handler) {
    List<String> names = new ArrayList<>(names());
    names.add(name);
    OptionCheck.distinctTokens("subprotocols", names);
    Map<String, Function<? super Handshake, ? extends HandshakeAnswer>> more =
        new LinkedHashMap<>(handlers);
    more.put(name, handler);
    return new SubprotocolHandlers(more, otherwise);
  }

  /**
   * With what decides about connections that speak none of them. Without it a server refuses those
   * with 400, and a client fails.
   */
  public SubprotocolHandlers orElse(Function<? super Handshake, ? extends HandshakeAnswer> value) {
    return new SubprotocolHandlers(handlers, value);
  }

  /** The names, best first. */
  public List<String> names() {
    return List.copyOf(handlers.keySet());
  }

  /**
   * Asks the handler of {@link Handshake#subprotocol}, if that is one of the names; else of the
   * first name that the client offers.
   *
   * @throws HandshakeRefusedException if there is none, with 400
   */
  @Override
  public HandshakeAnswer apply(Handshake handshake) {
    Optional<String> chosen =
        handshake
            .subprotocol()
            .filter(handlers::containsKey)
            .or(() -> names().stream().filter(handshake.subprotocols()::contains).findFirst());
    Function<? super Handshake, ? extends HandshakeAnswer> handler =
        chosen.isPresent() ? handlers.get(chosen.get()) : otherwise;
    if (handler == null) {
      throw new HandshakeRefusedException(
          400, "none of the subprotocols " + String.join(", ", names()) + " is agreed on");
    }
    Handshake known = handshake.toBuilder().subprotocol(chosen.orElse(null)).build();
    return Acceptance.of(handler.apply(known)).orSubprotocol(chosen);
  }
}
