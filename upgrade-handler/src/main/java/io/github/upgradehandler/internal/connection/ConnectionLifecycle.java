package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.RunningTime;
import io.github.upgradehandler.spi.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How one connection opens, fails and ends, whichever thread reports it: makes its parts, and puts
 * its events in order. Thread-safe.
 */
final class ConnectionLifecycle implements Lifecycle {

  private final ConnectionGroup group;
  private final WebSocket socket;
  private final Outbound outbound;
  private final Inbound inbound;
  private final ConnectionDeadlines deadlines;
  private final ConnectionEvents events;
  private @Nullable CompletableFuture<CloseEvent> closed; // guarded by the monitor

  // Changed under the monitor.
  private volatile Phase phase = Phase.OPEN;
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  ConnectionLifecycle(
      ConnectionGroup group, WebSocket socket, Transport transport, AcceptedHandshake accepted) {
    this.group = group;
    this.socket = socket;
    HandlerCalls calls = new HandlerCalls(this, socket, accepted.handler(), accepted.observer());
    Transport carrier = ObservedTransport.of(transport, group.role(), calls, accepted.extension());
    this.outbound = new Outbound(this, group, carrier, accepted.extension());
    this.inbound = new Inbound(this, group, carrier, outbound, accepted, calls);
    this.deadlines = new ConnectionDeadlines(this, inbound, outbound, group);
    this.events = new ConnectionEvents(this, group, calls, inbound, outbound);
  }

  @Override
  public String id() {
    return socket.id();
  }

  ConnectionGroup group() {
    return group;
  }

  Outbound outbound() {
    return outbound;
  }

  Inbound inbound() {
    return inbound;
  }

  ConnectionDeadlines deadlines() {
    return deadlines;
  }

  ConnectionEvents events() {
    return events;
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void fail(CloseStatus status, Throwable cause) {
    if (noteFailure(cause)) {
      group.log().closed(socket, status.code(), cause);
    }
    becomeAtLeast(Phase.FAILED);
    boolean isTold = cause instanceof CloseException || group.config().closeReasons();
    outbound.close(isTold ? status : status.withReason(""));
  }

  /** The detail is for the log and not for the peer. */
  @Override
  public void handlerFailed(Throwable cause) {
    if (cause instanceof CloseException closing) {
      fail(closing.status(), closing);
      return;
    }
    String consequence = ended ? " at the end" : ", closing with 1011";
    failed("the handler failed" + consequence, cause);
    noteFailure(cause);
    fail(CloseStatus.INTERNAL_ERROR.withReason("internal error"), cause);
  }

  /** See {@link io.github.upgradehandler.internal.log.LoggedConnection#failed}. */
  void failed(String what, Throwable cause) {
    group.log().failed(socket, what, cause);
  }

  /** Ends the connection at once; nothing is delivered any more. */
  void abort() {
    becomeAtLeast(Phase.ABORTED);
    end(null, Caller.OTHER_THREAD);
  }

  @Override
  public void end(@Nullable Throwable cause, Caller caller) {
    if (!isFirstEnd()) {
      return;
    }
    try {
      if (cause != null && noteFailure(cause)) {
        group.log().lost(socket, cause);
      }
      // Another thread does not wait for the container: a worker closes the transport.
      outbound.end(caller == Caller.OTHER_THREAD ? group.executors().closer() : Runnable::run);
    } catch (Throwable e) {
      Log.failure(id() + ": ending", e);
    } finally {
      group.remove(socket);
      signal(SerialEvents.ENDED, caller);
    }
  }

  @Override
  public void belowWatermark(Caller caller) {
    signal(SerialEvents.BELOW_WATERMARK, caller);
  }

  @Override
  public void pongReceived(ByteBuffer payload) {
    deadlines.pongReceived(payload);
  }

  @Override
  public void closed(CloseEvent event) {
    deadlines.end();
    group.log().ended(socket, event);
    whenClosed().complete(event);
  }

  /** Completes when the handler has seen all that came. */
  synchronized CompletableFuture<CloseEvent> whenClosed() {
    if (closed == null) {
      closed = new CompletableFuture<>();
    }
    return closed;
  }

  void signal(int event, Caller caller) {
    ConnectionExecutors executors = group.executors();
    Executor executor =
        switch (caller) {
          case CONTAINER -> executors.container();
          case OTHER_THREAD -> executors.handlers();
          case EVENT_THREAD -> Runnable::run;
        };
    events.signal(event, executor);
  }

  /**
   * Checks the deadlines; called by the timer's thread with each sweep.
   *
   * @param now in {@link RunningTime}
   * @return what is to be done, if anything
   */
  @Nullable Runnable check(long now) {
    return ended || deadlines.isResting(now) ? null : deadlines.check(now, isListening());
  }

  /**
   * Whether the peer's silence is its own: no thread handles events and nothing holds reading back.
   */
  private boolean isListening() {
    return events.isIdle() && !inbound.isHeldBack();
  }

  /** Whether the cause is the first. */
  private synchronized boolean noteFailure(Throwable cause) {
    boolean first = failure == null;
    if (first) {
      failure = cause;
    }
    return first;
  }

  private synchronized boolean isFirstEnd() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  private synchronized void becomeAtLeast(Phase least) {
    if (phase.compareTo(least) < 0) {
      phase = least;
    }
  }
}
