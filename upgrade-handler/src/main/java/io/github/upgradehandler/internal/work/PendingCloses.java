package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.spi.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Transports whose connection has ended while a thread was writing, which is to close them. A
 * thread that does not return, since a container blocks it or an error was thrown, must not keep
 * the TCP connection open: after a second it is not waited for any longer.
 */
public final class PendingCloses {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<Transport, Long> since = new ConcurrentHashMap<>();

  /** A thread that writes is to close it. */
  public void add(Transport transport, long now) {
    since.put(transport, now);
  }

  /** That thread has. */
  public void remove(Transport transport) {
    since.remove(transport);
  }

  /** Closes those that were waited for long enough. */
  public void sweep(long now, Executor closers) {
    since.forEach(
        (transport, begin) -> {
          if (now - begin >= PATIENCE_NANOS && since.remove(transport, begin)) {
            closers.execute(transport::close);
          }
        });
  }
}
