package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks again where a server says so: elsewhere, or with credentials. One step after another. */
final class Following {

  private static final int UNAUTHORIZED = 401;
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  private final ClientEngine engine;
  private final ClientConfig config;
  private final Function<? super Handshake, ? extends HandshakeAnswer> accept;
  private final CompletableFuture<WebSocket> outcome = new CompletableFuture<>();
  private int redirects;
  private boolean authorized;
  private volatile @Nullable CompletableFuture<WebSocket> current;

  Following(
      ClientEngine engine,
      ClientConfig config,
      Function<? super Handshake, ? extends HandshakeAnswer> accept) {
    this.engine = engine;
    this.config = config;
    this.accept = accept;
  }

  /**
   * Begins.
   *
   * @throws IllegalStateException if the client is closed
   */
  CompletableFuture<WebSocket> start(ClientRequest request) {
    ask(request);
    CompletionStage<WebSocket> stage = outcome;
    stage.whenComplete(
        (socket, failure) -> {
          CompletableFuture<WebSocket> begun = current;
          if (failure != null && begun != null) {
            begun.cancel(true);
          }
        });
    return outcome;
  }

  private void ask(ClientRequest request) {
    CompletableFuture<WebSocket> begun = engine.connectOnce(request, accept);
    current = begun;
    CompletionStage<WebSocket> stage = begun;
    stage.whenComplete(
        (socket, failure) -> {
          if (socket == null) {
            failed(request, failure);
          } else if (!outcome.complete(socket)) {
            socket.abort();
          }
        });
    if (outcome.isDone()) { // given up meanwhile
      begun.cancel(true);
    }
  }

  private void failed(ClientRequest request, Throwable failure) {
    try {
      ClientRequest next =
          failure instanceof HandshakeFailedException refused && refused.response().isPresent()
              ? next(request, refused.response().get())
              : null;
      if (next == null || outcome.isDone()) {
        outcome.completeExceptionally(failure);
      } else {
        ask(next);
      }
    } catch (HandshakeFailedException | RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  /** What to ask next; null if nothing. */
  private @Nullable ClientRequest next(ClientRequest request, HandshakeResponse response)
      throws HandshakeFailedException {
    if (response.status() == UNAUTHORIZED && !authorized) {
      authorized = true;
      Optional<String> value = config.authorization().apply(request, response);
      return value
          .map(sent -> request.withoutHeader("Authorization").header("Authorization", sent))
          .orElse(null);
    }
    Optional<String> location = response.header("Location");
    if (!REDIRECTIONS.contains(response.status())
        || location.isEmpty()
        || redirects >= config.maxRedirects()) {
      return null;
    }
    redirects++;
    return redirected(request, response, location.get());
  }

  private ClientRequest redirected(
      ClientRequest request, HandshakeResponse response, String location)
      throws HandshakeFailedException {
    URI target;
    try {
      target = RequestCheck.address(webSocket(request.uri().resolve(location)));
    } catch (IllegalArgumentException e) {
      throw new HandshakeFailedException(
          "the server's redirection cannot be followed: " + e.getMessage(), response);
    }
    Destination from = Destination.of(request.uri());
    Destination to = Destination.of(target);
    if (from.secure() && !to.secure()) {
      throw new HandshakeFailedException(
          "the server redirects from wss: to ws:, which is not followed", response);
    }
    boolean same = from.secure() == to.secure() && from.authority().equals(to.authority());
    authorized &= same;
    return (same ? request : request.withoutCredentials()).withUri(target);
  }

  private static URI webSocket(URI uri) {
    String text = uri.toString();
    if (text.regionMatches(true, 0, "http", 0, 4)) {
      return URI.create("ws" + text.substring(4));
    }
    return uri;
  }
}
