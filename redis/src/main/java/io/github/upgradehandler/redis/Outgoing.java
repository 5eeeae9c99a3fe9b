package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes at most once, and bounds what waits. What cannot be sent now is dropped and counted.
 */
final class Outgoing {

  /** Of what waits to be sent, or for Redis's answer. */
  private static final long MAX_WAITING_BYTES = 4 << 20;

  private final Connector connector;
  private final Monitor monitor;
  private final AtomicLong waiting = new AtomicLong();

  Outgoing(Connector connector, Monitor monitor) {
    this.connector = connector;
    this.monitor = monitor;
  }

  /**
   * Publishes a message.
   *
   * @return completes with the number of subscribers that were sent it; exceptionally with an
   *     {@link EngineException}
   */
  CompletionStage<Long> publish(byte[] channel, byte[] message) {
    int length = message.length;
    if (waiting.addAndGet(length) > MAX_WAITING_BYTES) {
      waiting.addAndGet(-length);
      monitor.dropped();
      return CompletableFuture.failedStage(
          new EngineException(
              Effect.NEVER, "more than " + MAX_WAITING_BYTES + " bytes wait for Redis"));
    }
    return connector
        .ask(link -> link.publish(channel, message))
        .whenComplete(
            (receivers, error) -> {
              waiting.addAndGet(-length);
              if (error != null) {
                monitor.dropped();
              }
            });
  }
}
