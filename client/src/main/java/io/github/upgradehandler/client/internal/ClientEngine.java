package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.HandlerThreads;
import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.work.SweepTimer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes connections and holds them. Thread-safe. */
public final class ClientEngine implements AutoCloseable {

  private static final String CLOSED = "the client is closed";

  private final ClientConfig config;
  private final Attribute<HandshakeResponse> responseKey;
  private final ClientResources resources;
  private final SweepTimer deadlines = new SweepTimer();
  private final ConnectionGroup group;
  private final Set<Opening> openings = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> closings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param responseKey where a connection keeps what the server has answered
   * @throws IOException if the system has no selector left
   */
  public ClientEngine(ClientConfig config, Attribute<HandshakeResponse> responseKey)
      throws IOException {
    this.config = config;
    this.responseKey = responseKey;
    this.resources = new ClientResources(config);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    this.group =
        ConnectionGroup.ofClients(
            resources.random(),
            withExecutor(config),
            deadlines,
            loader == null ? ClassLoader.getSystemClassLoader() : loader);
  }

  /**
   * Makes a connection, and asks again where the server says so and the configuration lets it.
   *
   * @param accept is asked what handles the connection when it stands, with the subprotocol that is
   *     agreed on as the only one offered
   * @return completes on a thread that may block; what completes it before gives up
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<WebSocket> connect(
      ClientRequest request, Function<? super Handshake, ? extends HandshakeAnswer> accept) {
    return new Following(this, config, accept).start(request);
  }

  /** The same, and asks once. */
  CompletableFuture<WebSocket> connectOnce(
      ClientRequest request, Function<? super Handshake, ? extends HandshakeAnswer> accept) {
    if (closed) {
      throw new IllegalStateException(CLOSED);
    }
    Opening opening = new Opening(resources, config, request);
    openings.add(opening);
    CompletableFuture<WebSocket> connected = new CompletableFuture<>();
    opening
        .start()
        .handle(
            (opened, failure) -> {
              openings.remove(opening);
              if (opened == null) {
                fail(connected, failure);
              } else if (connected.isDone()) {
                opened.stream().close();
              } else {
                open(request, opened, accept, connected);
              }
              return null;
            });
    CompletionStage<WebSocket> outcome = connected;
    outcome.whenComplete(
        (socket, failure) -> {
          if (failure != null) {
            opening.abort(new IOException("connecting was given up", failure));
          }
        });
    if (closed) { // meanwhile
      opening.abort(new IOException(CLOSED));
    }
    return connected;
  }

  /** Runs a task after some time, on a thread that may block; never if the client is closed. */
  public Future<?> later(Duration delay, Runnable task) {
    try {
      return resources
          .timer()
          .schedule(
              () -> resources.handlers().execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Has an action run when the client is closed, before its connections are. */
  public void whenClosing(Runnable action) {
    closings.add(action);
  }

  /** Takes back {@link #whenClosing}. */
  public void forget(Runnable action) {
    closings.remove(action);
  }

  /** Unpredictable; thread-safe. */
  public RandomGenerator random() {
    return resources.random();
  }

  /** The connections that are open; not to be changed. */
  public Set<WebSocket> connections() {
    return group.connections();
  }

  /** Closes every connection, and ends the threads. Blocks for up to the drain timeout. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    closings.forEach(Runnable::run);
    openings.forEach(opening -> opening.abort(new IOException(CLOSED)));
    group.drain();
    deadlines.close();
    resources.close();
  }

  /** On the loop's thread. */
  private void open(
      ClientRequest request,
      Opening.Opened opened,
      Function<? super Handshake, ? extends HandshakeAnswer> accept,
      CompletableFuture<WebSocket> connected) {
    HandshakeResponse read = null;
    try {
      HandshakeResponse response = opened.exchange().response();
      read = response;
      UpgradeAnswer answer = UpgradeAnswer.check(response, opened.request(), resources.deflate());
      ChannelTransport transport =
          new ChannelTransport(opened.port(), opened.stream(), opened.exchange().rest());
      Connection connection =
          group.open(
              transport,
              snapshot(request, opened, answer, response),
              answer.extension(),
              asked -> accept.apply(agreed(asked)));
      transport.start(connection);
      resources
          .handlers()
          .execute(
              () -> {
                if (!connected.complete(connection)) {
                  connection.abort();
                }
              });
    } catch (HandshakeRefusedException e) {
      opened.stream().close();
      fail(connected, new HandshakeFailedException(e.reason(), read));
    } catch (HandshakeFailedException | RuntimeException e) {
      opened.stream().close();
      fail(connected, e);
    }
  }

  /** What was offered and not agreed on is nothing to choose from. */
  private static Handshake agreed(Handshake asked) {
    Optional<String> subprotocol = asked.subprotocol();
    return asked.toBuilder().subprotocols(subprotocol.map(List::of).orElse(List.of())).build();
  }

  private Handshake snapshot(
      ClientRequest request,
      Opening.Opened opened,
      UpgradeAnswer answer,
      HandshakeResponse response) {
    Destination to = opened.to();
    int query = to.resource().indexOf('?');
    Handshake.Builder snapshot =
        new Handshake.Builder(to.path())
            .query(query < 0 ? null : to.resource().substring(query + 1))
            .secure(to.secure())
            .remoteAddress(remoteAddress(opened.port()))
            .subprotocols(request.subprotocols())
            .subprotocol(answer.subprotocol())
            .attribute(responseKey, response)
            .header("Host", to.hostHeader());
    for (int i = 0; i < request.headers().size(); i += 2) {
      snapshot.header(request.headers().get(i), request.headers().get(i + 1));
    }
    return snapshot.build();
  }

  private static InetSocketAddress remoteAddress(Port port) {
    return (InetSocketAddress) port.channel().socket().getRemoteSocketAddress();
  }

  private void fail(CompletableFuture<WebSocket> connected, @Nullable Throwable failure) {
    if (failure != null) {
      resources.handlers().execute(() -> connected.completeExceptionally(failure));
    }
  }

  private WebSocketConfig withExecutor(ClientConfig of) {
    WebSocketConfig connections = of.webSocket();
    return connections.executor() != null || of.handlerThreads() == HandlerThreads.IO
        ? connections
        : connections.toBuilder().executor(resources.handlers()).build();
  }
}
