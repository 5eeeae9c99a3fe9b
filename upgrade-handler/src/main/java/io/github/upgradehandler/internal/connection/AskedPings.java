package io.github.upgradehandler.internal.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Pings that the application has asked for, until their pongs have come. A peer may answer only the
 * last of several (section 5.5.3): a pong answers those before it too. Thread-safe.
 */
final class AskedPings {

  /** Longer than what the heartbeat's carry, so that they are not taken for each other. */
  private static final int PAYLOAD_BYTES = 2 * Long.BYTES;

  private record Asked(long sentAt, long number, CompletableFuture<Duration> answer) {}

  private final Outbound outbound;
  private final LongSupplier clock;
  private final ArrayDeque<Asked> waiting = new ArrayDeque<>(2);
  private long numbers;
  private boolean ended;

  AskedPings(Outbound outbound, LongSupplier clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  /** Sends one. */
  CompletionStage<Duration> send() {
    Asked asked;
    synchronized (this) {
      asked = new Asked(clock.getAsLong(), ++numbers, new CompletableFuture<>());
      if (ended) {
        return failed(asked);
      }
      waiting.add(asked);
    }
    ByteBuffer payload =
        ByteBuffer.allocate(PAYLOAD_BYTES).putLong(asked.sentAt).putLong(asked.number).flip();
    if (!outbound.ping(payload).isAccepted()) {
      synchronized (this) {
        waiting.remove(asked);
      }
      return failed(asked);
    }
    return asked.answer.minimalCompletionStage();
  }

  /** A pong has come, to whatever. */
  void pongReceived(ByteBuffer payload) {
    if (payload.remaining() != PAYLOAD_BYTES) {
      return;
    }
    long sentAt = payload.getLong(payload.position());
    long number = payload.getLong(payload.position() + Long.BYTES);
    List<Asked> answered = new ArrayList<>();
    synchronized (this) {
      boolean known = waiting.stream().anyMatch(a -> a.number == number && a.sentAt == sentAt);
      while (known && !waiting.isEmpty() && waiting.element().number <= number) {
        answered.add(waiting.remove());
      }
    }
    long now = clock.getAsLong();
    answered.forEach(asked -> asked.answer.complete(Duration.ofNanos(now - asked.sentAt)));
  }

  /** The connection has ended: no pong comes any more. */
  void end() {
    List<Asked> unanswered;
    synchronized (this) {
      ended = true;
      unanswered = List.copyOf(waiting);
      waiting.clear();
    }
    unanswered.forEach(AskedPings::failed);
  }

  private static CompletionStage<Duration> failed(Asked asked) {
    asked.answer.completeExceptionally(
        new IOException("the connection ends, or too much waits, before a pong could come"));
    return asked.answer.minimalCompletionStage();
  }
}
