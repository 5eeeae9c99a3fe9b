package io.github.upgradehandler.client;

import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.SubprotocolHandlers;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.client.internal.ClientEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens connections to WebSocket servers (RFC 6455), any number of them on a few threads. One
 * client for an application is enough. Thread-safe.
 *
 * <pre>{@code
 * try (WebSocketClient client = WebSocketClient.create()) {
 *   WebSocket socket = client.connect("wss://example.org/feed", handler).get();
 *   socket.sendText("hello");
 * }
 * }</pre>
 *
 * <p>A connection is the same {@link WebSocket} as on a server, and its handler is called as there:
 * one method after another for each connection. Its threads are daemons: they do not keep the
 * process alive.
 */
public final class WebSocketClient implements AutoCloseable {

  /** Among a connection's attributes: what the server has answered to the opening handshake. */
  public static final Attribute<HandshakeResponse> RESPONSE =
      new Attribute<>("io.github.upgradehandler.client.response", HandshakeResponse.class);

  private final ClientEngine engine;

  private WebSocketClient(ClientConfig config) {
    try {
      engine = new ClientEngine(config, RESPONSE);
    } catch (IOException e) {
      throw new UncheckedIOException("the client's threads cannot be started", e);
    }
  }

  /**
   * A client with the defaults.
   *
   * @throws UncheckedIOException if the system has no selector left
   */
  public static WebSocketClient create() {
    return create(ClientConfig.defaults());
  }

  /** A client, see {@link #create()}. */
  public static WebSocketClient create(ClientConfig config) {
    return new WebSocketClient(config);
  }

  /**
   * Opens a connection, see {@link #connect(ClientRequest, WebSocketHandler)}.
   *
   * @throws IllegalArgumentException if the address is none to connect to; says why
   */
  public CompletableFuture<WebSocket> connect(String uri, WebSocketHandler handler) {
    return connect(ClientRequest.to(URI.create(uri)), handler);
  }

  /**
   * Opens a connection.
   *
   * @return completes when the connection is open; the handler's {@link WebSocketHandler#onOpen} is
   *     called before or after that, on another thread. Exceptionally with a {@link
   *     HandshakeFailedException} if the server does not agree as it must; with a {@link
   *     java.net.SocketTimeoutException} after one of the client's time-outs; with another {@link
   *     IOException} if it cannot be reached or TLS fails. Completing it otherwise, as by
   *     cancelling or {@code orTimeout}, gives the connection up
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<WebSocket> connect(ClientRequest request, WebSocketHandler handler) {
    return engine.connect(request, agreed -> handler);
  }

  /**
   * Opens a connection whose handler goes by the subprotocol that the server agrees to.
   *
   * @param handlers their names are offered, in the place of {@link ClientRequest#subprotocols}
   * @return as {@link #connect(ClientRequest, WebSocketHandler)}; exceptionally too with a {@link
   *     HandshakeFailedException} if the server agrees to none and there is no {@link
   *     SubprotocolHandlers#orElse}
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<WebSocket> connect(ClientRequest request, SubprotocolHandlers handlers) {
    return engine.connect(request.subprotocols(handlers.names().toArray(String[]::new)), handlers);
  }

  /**
   * Opens a connection in the blocking style. The caller closes it, and receives to its end.
   *
   * @throws IOException if it cannot be opened, see {@link #connect(ClientRequest,
   *     WebSocketHandler)}; it has waited for as long as the client's time-outs say, at most
   * @throws InterruptedException if the thread is interrupted; the connection is given up
   * @throws IllegalStateException if the client is closed
   */
  public Conversation converse(ClientRequest request) throws IOException, InterruptedException {
    CompletableFuture<Conversation> opened = new CompletableFuture<>();
    CompletableFuture<WebSocket> connected =
        connect(request, Conversation.handedTo(opened::complete));
    try {
      connected.get();
      return opened.get();
    } catch (InterruptedException e) {
      connected.cancel(true);
      CompletionStage<WebSocket> open = connected; // if it is, it was before
      open.thenAccept(WebSocket::abort);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("the connection could not be opened", e.getCause());
    }
  }

  /** Opens a connection in the blocking style, see {@link #converse(ClientRequest)}. */
  public Conversation converse(String uri) throws IOException, InterruptedException {
    return converse(ClientRequest.to(uri));
  }

  /**
   * Opens one connection after another, as one is lost.
   *
   * @param hook is asked before each try, with the request that it then goes by: with a fresh
   *     token, or where to resume. Called by one thread at a time, which it may block; one that
   *     fails counts as a try that failed
   * @param listener is told of each change of the state; must not block
   * @throws IllegalArgumentException if the handler observes frames
   */
  public ReconnectingWebSocket reconnecting(
      Function<? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>> hook,
      WebSocketHandler handler,
      ReconnectPolicy policy,
      Consumer<? super ReconnectState> listener) {
    ReconnectingWebSocket made = new ReconnectingWebSocket(engine, policy, hook, listener, handler);
    made.start();
    return made;
  }

  /** Opens one connection after another, as one is lost, each with the same request. */
  public ReconnectingWebSocket reconnecting(
      ClientRequest request, WebSocketHandler handler, ReconnectPolicy policy) {
    return reconnecting(
        attempt -> CompletableFuture.completedStage(request), handler, policy, state -> {});
  }

  /** The connections, as they come and go; not to be changed. */
  public Set<WebSocket> connections() {
    return engine.connections();
  }

  /**
   * Closes every connection with {@link WebSocketConfig#drainCode}, {@link CloseStatus#GOING_AWAY}
   * by default, and ends the threads. Blocks for up to {@link WebSocketConfig#drainTimeout}; does
   * nothing the second time.
   */
  @Override
  public void close() {
    engine.close();
  }
}
