package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.client.internal.ClientEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection after another to the same server, as one is lost: until {@link #close}, an end
 * that {@link ReconnectPolicy} takes for final, or the end of the client. Thread-safe.
 *
 * <p>The handler is called as for any connection: {@code onOpen} to {@code onClose} for each. What
 * it sends in {@code onOpen} goes out before the messages that were held.
 *
 * <p>A message that was accepted is given to one connection, once. Whether the server has it when
 * that connection is lost only an answer of its own can tell: {@code onClose} says that it may not.
 */
public final class ReconnectingWebSocket implements AutoCloseable {

  private final ClientEngine engine;
  private final ReconnectPolicy policy;
  private final Function<? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>> hook;
  private final Consumer<? super ReconnectState> listener;
  private final WebSocketHandler handler;
  private final Runnable clientCloses = this::close;
  private final CompletableFuture<ReconnectEnd> ended = new CompletableFuture<>();

  // Guarded by the monitor.
  private final HeldMessages held;
  private ReconnectState state = ReconnectState.WAITING;
  private boolean closing;
  private int failed;
  private long openedAt;
  private @Nullable WebSocket socket;
  private @Nullable CompletableFuture<WebSocket> connecting;
  private @Nullable Future<?> waiting;
  private @Nullable CloseEvent lastClose;
  private @Nullable Throwable lastFailure;

  ReconnectingWebSocket(
      ClientEngine engine,
      ReconnectPolicy policy,
      Function<? super ReconnectAttempt, ? extends CompletionStage<ClientRequest>> hook,
      Consumer<? super ReconnectState> listener,
      WebSocketHandler handler) {
    if (handler instanceof FrameObserver) {
      throw new IllegalArgumentException(
          handler.getClass().getName() + " observes frames: open each connection for itself");
    }
    this.engine = engine;
    this.policy = policy;
    this.hook = hook;
    this.listener = listener;
    this.handler =
        handler instanceof PartialHandler parts
            ? new ReopeningParts(parts, this)
            : new ReopeningHandler(handler, this);
    this.held = new HeldMessages(policy.maxHeldBytes());
  }

  /** Begins; once. */
  void start() {
    engine.whenClosing(clientCloses);
    tryNow();
  }

  /** Where it stands. */
  public synchronized ReconnectState state() {
    return state;
  }

  /** The connection that is open, if there is one. */
  public synchronized Optional<WebSocket> socket() {
    return Optional.ofNullable(socket);
  }

  /**
   * Sends a message, or holds it until there is a connection. Held ones go out first and in order.
   *
   * @return {@link SendResult#OVERFLOW} if too much waits, on the connection or to be held; {@link
   *     SendResult#CLOSED} if no more connections are made
   * @throws IllegalArgumentException if it is a text with an unpaired surrogate
   */
  public synchronized SendResult send(Message message) {
    if (state == ReconnectState.ENDED || closing) {
      return SendResult.CLOSED;
    }
    if (socket != null && held.isEmpty()) {
      SendResult result = message.sendTo(socket);
      if (result != SendResult.CLOSED) {
        return result;
      }
    }
    return held.add(message) ? SendResult.ACCEPTED : SendResult.OVERFLOW;
  }

  /** Sends a text message, see {@link #send(Message)}. */
  public SendResult sendText(String text) {
    return send(new Message.Text(text));
  }

  /** Completes when no more connections are made; dependent actions must not block. */
  public CompletionStage<ReconnectEnd> whenEnded() {
    return ended.minimalCompletionStage();
  }

  /**
   * Closes the connection with 1000, if there is one, and makes no more. Does not wait; what is
   * held still is told by {@link #whenEnded}.
   */
  @Override
  public void close() {
    WebSocket open;
    CompletableFuture<WebSocket> begun;
    synchronized (this) {
      closing = true;
      open = socket;
      begun = connecting;
    }
    if (open != null) {
      sendHeld(open);
      open.close();
    } else if (begun == null || begun.cancel(true)) {
      end();
    } // else it is open in a moment, and closed then
  }

  /** The application has handled the opening. */
  void opened(WebSocket opened) {
    synchronized (this) {
      socket = opened;
      openedAt = System.nanoTime();
      lastFailure = null;
      if (closing) {
        opened.close();
        return;
      }
    }
    sendHeld(opened);
    enter(ReconnectState.OPEN);
  }

  /** The application has handled the end. */
  void closed(CloseEvent event) {
    boolean over;
    synchronized (this) {
      socket = null;
      connecting = null;
      lastClose = event;
      failed = policy.isStable(Duration.ofNanos(System.nanoTime() - openedAt)) ? 0 : failed + 1;
      over = closing || policy.isFinal(event) || failed > policy.maxTries();
    }
    endOrWait(over, Duration.ZERO);
  }

  private void sendHeld(WebSocket open) {
    synchronized (this) {
      while (socket == open && !open.isAboveWatermark()) {
        Message next = held.peek();
        if (next == null || !next.sendTo(open).isAccepted()) {
          return; // what is not accepted now is for the next connection
        }
        held.remove();
      }
      if (socket != open) {
        return;
      }
    }
    open.whenSent().thenRun(() -> sendHeld(open));
  }

  private void tryNow() {
    ReconnectAttempt attempt;
    synchronized (this) {
      waiting = null;
      if (closing) {
        return;
      }
      attempt =
          new ReconnectAttempt(
              failed + 1, Optional.ofNullable(lastClose), Optional.ofNullable(lastFailure));
    }
    enter(ReconnectState.CONNECTING);
    CompletionStage<ClientRequest> request;
    try {
      request = hook.apply(attempt);
    } catch (RuntimeException e) {
      request = CompletableFuture.failedStage(e);
    }
    request.whenComplete(
        (made, failure) -> {
          if (made == null) {
            tryFailed(failure == null ? new IllegalArgumentException("no request") : failure);
          } else {
            connect(made);
          }
        });
  }

  private void connect(ClientRequest request) {
    CompletionStage<WebSocket> result;
    synchronized (this) {
      if (closing) {
        return;
      }
      try {
        connecting = engine.connect(request, agreed -> handler);
      } catch (IllegalStateException e) { // the client is closed
        connecting = CompletableFuture.failedFuture(e);
      }
      result = connecting;
    }
    result.whenComplete(
        (opened, failure) -> {
          if (failure != null) {
            tryFailed(failure);
          }
        });
  }

  private void tryFailed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    boolean over;
    Duration wish = Duration.ZERO;
    synchronized (this) {
      connecting = null;
      lastFailure = cause;
      failed++;
      over = closing || policy.isFinal(cause) || failed >= policy.maxTries();
      if (cause instanceof HandshakeFailedException refused) {
        wish = refused.retryAfter().orElse(wish);
      }
    }
    endOrWait(over, wish);
  }

  private void endOrWait(boolean over, Duration wish) {
    if (over) {
      end();
      return;
    }
    enter(ReconnectState.WAITING);
    synchronized (this) {
      if (!closing) {
        Duration delay = policy.delay(Math.max(failed - 1, 0), wish, engine.random());
        waiting = engine.later(delay, this::tryNow);
        return;
      }
    }
    end();
  }

  private void end() {
    ReconnectEnd end;
    synchronized (this) {
      if (state == ReconnectState.ENDED) {
        return;
      }
      closing = true;
      state = ReconnectState.ENDED;
      if (waiting != null) {
        waiting.cancel(false);
      }
      end =
          new ReconnectEnd(
              Optional.ofNullable(lastClose), Optional.ofNullable(lastFailure), held.takeAll());
    }
    engine.forget(clientCloses);
    listener.accept(ReconnectState.ENDED);
    ended.complete(end);
  }

  private void enter(ReconnectState next) {
    synchronized (this) {
      if (state == ReconnectState.ENDED || state == next) {
        return;
      }
      state = next;
    }
    listener.accept(next);
  }
}
