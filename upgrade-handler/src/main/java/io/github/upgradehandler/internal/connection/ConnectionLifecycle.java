package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.RunningTime;
import io.github.upgradehandler.spi.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How one connection opens, fails and ends, whichever thread reports it: makes its two halves, and
 * puts its events in order. Thread-safe.
 */
final class Lifecycle implements OutboundOwner {

  private static final Logger LOG = System.getLogger("io.github.upgradehandler");

  private final ConnectionGroup group;
  private final ConnectionExecutors executors;
  private final Connection connection;
  private final Transport transport;
  private final Outbound outbound;
  private final Inbound inbound;
  private final ConnectionDeadlines deadlines;
  private final ConnectionEvents events;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Phase phase = Phase.OPEN; // changed under the monitor
  private volatile @Nullable Throwable failure;

  Lifecycle(
      ConnectionGroup group,
      Connection connection,
      Transport transport,
      AcceptedHandshake accepted) {
    this.group = group;
    this.executors = group.executors();
    this.connection = connection;
    this.transport = transport;
    HandlerCalls calls =
        new HandlerCalls(connection, accepted.handler(), accepted.observer(), this::handlerFailed);
    Transport carrier = ObservedTransport.of(transport, group.role(), calls, accepted.extension());
    this.outbound = new Outbound(this, group, carrier, accepted.extension());
    this.inbound = new Inbound(this, group, carrier, outbound, accepted, calls);
    this.deadlines = new ConnectionDeadlines(this, inbound, outbound, group);
    this.events = new ConnectionEvents(this, group, calls, inbound, outbound);
  }

  @Override
  public String id() {
    return connection.id();
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

  Phase phase() {
    return phase;
  }

  /** The first cause of failing the connection; null if there is none. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void fail(CloseStatus status, Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    LOG.log(
        Level.DEBUG, () -> id() + ": closing with " + status.code() + ": " + cause.getMessage());
    becomeAtLeast(Phase.FAILED);
    outbound.close(status);
  }

  /** Ends the connection at once; nothing is delivered any more. */
  void abort() {
    becomeAtLeast(Phase.ABORTED);
    endOnWorker(null);
  }

  /** Ends the connection without waiting for the container: a worker closes the transport. */
  void endOnWorker(@Nullable Throwable cause) {
    end(cause, Caller.OTHER_THREAD);
  }

  @Override
  public void end(@Nullable Throwable cause, Caller caller) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      if (cause != null && failure == null) {
        failure = cause;
        LOG.log(Level.DEBUG, () -> id() + ": ended: " + cause);
      }
      outbound.end(caller == Caller.OTHER_THREAD ? executors.closer() : Runnable::run);
    } catch (Throwable e) {
      Failures.log(id() + ": ending", e);
    } finally {
      group.remove(connection);
      signal(SerialEvents.ENDED, caller);
    }
  }

  @Override
  public void belowWatermark(Caller caller) {
    signal(SerialEvents.BELOW_WATERMARK, caller);
  }

  /** The handler has seen all that came: completes {@code whenClosed}. */
  void completeClosed(CloseEvent event) {
    connection.completeClosed(event);
  }

  void signal(int event, Caller caller) {
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
    return ended.get() ? null : deadlines.check(now);
  }

  /**
   * Whether the peer's silence is its own: no thread handles events and nothing holds reading back.
   */
  boolean isListening() {
    return events.isIdle() && !inbound.isHeldBack();
  }

  /** Where reading continues after a turn. */
  Executor afterOthers() {
    return executors.afterOthers(transport.afterOthers());
  }

  /** A method of the handler threw: the detail is for the log and not for the peer. */
  private void handlerFailed(Throwable cause) {
    if (cause instanceof CloseException closing) {
      fail(closing.status(), closing);
      return;
    }
    LOG.log(Level.ERROR, id() + ": the handler failed, closing with 1011", cause);
    fail(CloseStatus.INTERNAL_ERROR.withReason("internal error"), cause);
  }

  private synchronized void becomeAtLeast(Phase least) {
    if (phase.compareTo(least) < 0) {
      phase = least;
    }
  }
}
