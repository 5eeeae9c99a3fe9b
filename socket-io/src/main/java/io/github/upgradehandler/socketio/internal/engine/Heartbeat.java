package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.socketio.SocketIoConfig;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one session: in version 4 the server pings and waits for the pong, in version 3
 * it waits for the client's ping. Thread-safe.
 */
final class Heartbeat {

  private final EngineProtocol protocol;
  private final SocketIoConfig config;
  private final EngineWork work;
  private final Runnable ping;
  private final Runnable timeout;
  private @Nullable Future<?> next; // guarded by this
  private long deadline; // guarded by this
  private volatile boolean waiting; // changed with the lock of this
  private boolean stopped; // guarded by this

  /**
   * Starts nothing yet.
   *
   * @param ping sends one; called by the timer
   * @param timeout ends the session; called by the timer
   */
  Heartbeat(
      EngineProtocol protocol,
      SocketIoConfig config,
      EngineWork work,
      Runnable ping,
      Runnable timeout) {
    this.protocol = protocol;
    this.config = config;
    this.work = work;
    this.ping = ping;
    this.timeout = timeout;
  }

  /** The session begins, or the client has given a sign of life. */
  synchronized void restart() {
    deadline = System.nanoTime() + config.pingInterval().plus(config.pingTimeout()).toNanos();
    waiting = protocol == EngineProtocol.V3;
    if (waiting) {
      schedule(deadline, timeout);
    } else {
      schedule(deadline - config.pingTimeout().toNanos(), this::due);
    }
  }

  synchronized void stop() {
    stopped = true;
    waiting = false;
    if (next != null) {
      next.cancel(false);
    }
  }

  /** Whether the client's answer is overdue, though the timer has not come to it yet. */
  boolean isOverdue() {
    return waiting && isPastDeadline();
  }

  private synchronized boolean isPastDeadline() {
    return waiting && System.nanoTime() - deadline >= 0;
  }

  private void due() {
    synchronized (this) {
      if (stopped) {
        return;
      }
      waiting = true;
      schedule(deadline, timeout); // whenever the ping leaves
    }
    ping.run();
  }

  private synchronized void schedule(long at, Runnable task) {
    if (next != null) {
      next.cancel(false);
    }
    if (!stopped) {
      next = work.after(Duration.ofNanos(at - System.nanoTime()), task);
    }
  }
}
