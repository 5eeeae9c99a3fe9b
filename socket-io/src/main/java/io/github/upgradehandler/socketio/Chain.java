package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.ERROR;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.internal.engine.Inbox;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Asks middleware in turn; what comes next is done in the socket's inbox. */
final class Chain<M> {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  /** Calls one of them. */
  @FunctionalInterface
  interface Step<M> {
    void ask(M middleware, Next next) throws Exception;
  }

  /** What becomes of it in the end. */
  interface Outcome {
    void proceed();

    void refuse(String message, @Nullable JsonNode data);
  }

  private final Iterator<M> middleware;
  private final Step<M> step;
  private final Inbox inbox;
  private final Emitting emitting;
  private final Outcome outcome;

  private Chain(List<M> middleware, Step<M> step, Inbox inbox, Emitting emitting, Outcome outcome) {
    this.middleware = middleware.iterator();
    this.step = step;
    this.inbox = inbox;
    this.emitting = emitting;
    this.outcome = outcome;
  }

  /** Asks all of them, and then tells the outcome; at once if there are none. */
  static <M> void ask(
      List<M> middleware, Step<M> step, Inbox inbox, Emitting emitting, Outcome outcome) {
    if (middleware.isEmpty()) {
      outcome.proceed();
    } else {
      new Chain<>(middleware, step, inbox, emitting, outcome).next();
    }
  }

  private void next() {
    if (!middleware.hasNext()) {
      outcome.proceed();
      return;
    }
    Decision decision = new Decision();
    try {
      step.ask(middleware.next(), decision);
    } catch (Exception e) {
      LOG.log(ERROR, "middleware of Socket.IO failed", e);
      decision.refuse("Internal error");
    }
  }

  private final class Decision implements Next {

    private final AtomicBoolean made = new AtomicBoolean();

    @Override
    public void proceed() {
      if (made.compareAndSet(false, true)) {
        inbox.aside(Chain.this::next);
      }
    }

    @Override
    public void refuse(String message, @Nullable Object data) {
      JsonNode json = data == null ? null : emitting.json(data);
      if (made.compareAndSet(false, true)) {
        inbox.aside(() -> outcome.refuse(message, json));
      }
    }
  }
}
