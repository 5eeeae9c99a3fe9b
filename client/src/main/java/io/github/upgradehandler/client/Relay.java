package io.github.upgradehandler.client;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Connects each client of a server to an upstream server, and passes on what either sends: for the
 * constructor of a {@code WebSocketServlet}, or its {@code accept}. Immutable.
 *
 * <pre>{@code
 * new WebSocketServlet(Relay.to(client, "wss://upstream.example/feed"))
 * }</pre>
 *
 * <p>Messages are passed in parts, as they arrive, so that none is in memory as a whole; a message
 * that comes in one part goes out in one frame, and beyond 512 KiB of a message its fragments have
 * 64 KiB at least. Pings are passed on as well, and the pongs to them. Nothing is read from one
 * side while more than the other's watermark waits to be sent there, and nothing from a client
 * while there is no upstream connection. The subprotocol that is agreed on with a client is the one
 * that is offered upstream.
 *
 * <p>An end is passed on with its code and reason. What no Close frame may say becomes 1000 for
 * none (1005), 1001 for a client that was lost, 1014 for an upstream server that was lost or does
 * not let the relay in.
 *
 * <p>An upstream connection that is lost between two messages is made anew, with the client staying
 * connected. Where a message had been begun or was not written yet, the client gets 1014 instead:
 * it must not be missing without a word. What the upstream server had been given, only an answer of
 * its own can confirm; {@link #withoutReconnect} is for clients that rather begin anew themselves.
 */
public final class Relay implements Function<Handshake, HandshakeAnswer> {

  private static final ReconnectPolicy SOON =
      ReconnectPolicy.DEFAULTS
          .withWindows(Duration.ofMillis(500), Duration.ofSeconds(5))
          .withMaxTries(8);

  private final WebSocketClient connecting;
  private final BiFunction<
          ? super WebSocket, ? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>>
      upstream;
  private final ReconnectPolicy policy;

  private Relay(
      WebSocketClient connecting,
      BiFunction<
              ? super WebSocket, ? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>>
          upstream,
      ReconnectPolicy policy) {
    this.connecting = connecting;
    this.upstream = upstream;
    this.policy = policy;
  }

  /**
   * A relay to one address.
   *
   * @param client makes the connections; to be closed by the caller, after the server's
   * @throws IllegalArgumentException if the address is none to connect to; says why
   */
  public static Relay to(WebSocketClient client, String uri) {
    ClientRequest request = ClientRequest.to(URI.create(uri));
    return to(client, (socket, attempt) -> CompletableFuture.completedStage(request));
  }

  /**
   * A relay whose request goes by the client.
   *
   * @param client makes the connections; to be closed by the caller, after the server's
   * @param upstream is asked before each try, with the connection that it is for: with a token of
   *     the client's, or where to resume; what it sends to the client is delivered
   */
  public static Relay to(
      WebSocketClient client,
      BiFunction<
              ? super WebSocket, ? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>>
          upstream) {
    return new Relay(client, upstream, SOON);
  }

  /**
   * With another policy for the upstream connections than windows of 0.5 s to 5 s and 8 tries.
   *
   * @param value what is held is not used: nothing is read from a client meanwhile
   */
  public Relay withReconnect(ReconnectPolicy value) {
    return new Relay(connecting, upstream, value);
  }

  /** With one upstream connection for each client, whose end is the end of the client's. */
  public Relay withoutReconnect() {
    return withReconnect(policy.withMaxTries(1).withFinalClose(event -> true));
  }

  /** Accepts a client. */
  @Override
  public HandshakeAnswer apply(Handshake handshake) {
    return new RelayedClient(this);
  }

  /** Begins to connect for a client. */
  ReconnectingWebSocket connect(WebSocket socket, RelayedUpstream handler) {
    return connecting.reconnecting(
        attempt ->
            upstream
                .apply(socket, attempt)
                .thenApply(
                    request -> socket.subprotocol().map(request::subprotocols).orElse(request)),
        handler,
        policy.withFinalClose(event -> handler.pair().isFinal(event, policy)),
        state -> {});
  }
}
