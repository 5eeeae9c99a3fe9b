package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What one connection is subscribed to. Confined to the worker, but for what comes: that is handed
 * on by the client library's thread, so that a reader that is slow slows Redis down and fills no
 * memory.
 */
final class Subscriptions extends RedisPubSubAdapter<byte[], byte[]> {

  private static final int MAX_BATCH = 512;

  private record Change(String channel, boolean wanted) {}

  private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
  private final Worker worker;
  private final Map<String, Consumer<byte[]>> receivers = new ConcurrentHashMap<>();

  // Confirmations come in the order of what was sent, one for each channel.
  private final Map<String, ArrayDeque<CompletableFuture<Void>>> awaited = new HashMap<>();
  private final List<Change> unsent = new ArrayList<>();

  Subscriptions(StatefulRedisPubSubConnection<byte[], byte[]> connection, Worker worker) {
    this.connection = connection;
    this.worker = worker;
    connection.addListener(this);
  }

  /** Subscribes with the next {@link #flush}; completes when it counts. */
  CompletionStage<Void> add(byte[] channel, Consumer<byte[]> receiver) {
    String name = Names.comparable(channel);
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    receivers.put(name, receiver);
    awaited.computeIfAbsent(name, unused -> new ArrayDeque<>()).add(confirmed);
    unsent.add(new Change(name, true));
    return confirmed;
  }

  void remove(byte[] channel) {
    String name = Names.comparable(channel);
    receivers.remove(name);
    unsent.add(new Change(name, false));
  }

  int size() {
    return receivers.size();
  }

  /** Sends what has changed, in its order. */
  void flush() {
    int from = 0;
    while (from < unsent.size()) {
      boolean wanted = unsent.get(from).wanted;
      int to = from;
      while (to < unsent.size() && to - from < MAX_BATCH && unsent.get(to).wanted == wanted) {
        to++;
      }
      send(unsent.subList(from, to).stream().map(Change::channel).toList(), wanted);
      from = to;
    }
    unsent.clear();
  }

  private void send(List<String> names, boolean wanted) {
    byte[][] channels = names.stream().map(Names::bytes).toArray(byte[][]::new);
    if (wanted) {
      connection
          .async()
          .subscribe(channels)
          .exceptionally(
              error -> {
                worker.execute(() -> refused(names, error));
                return null;
              });
    } else {
      RedisFuture<Void> unused = connection.async().unsubscribe(channels);
    }
  }

  private void refused(List<String> names, Throwable error) {
    for (String name : names) {
      confirm(name, answer -> answer.completeExceptionally(error));
    }
  }

  @Override
  public void subscribed(byte[] channel, long count) {
    String name = Names.comparable(channel);
    worker.execute(() -> confirm(name, answer -> answer.complete(null)));
  }

  private void confirm(String name, Consumer<CompletableFuture<Void>> how) {
    ArrayDeque<CompletableFuture<Void>> queue = awaited.get(name);
    CompletableFuture<Void> first = queue == null ? null : queue.poll();
    if (queue != null && queue.isEmpty()) {
      awaited.remove(name);
    }
    if (first != null) {
      how.accept(first);
    }
  }

  @Override
  public void message(byte[] channel, byte[] message) {
    Consumer<byte[]> receiver = receivers.get(Names.comparable(channel));
    if (receiver != null) {
      try {
        receiver.accept(message);
      } catch (Throwable e) {
        Worker.LOG.log(System.Logger.Level.WARNING, "what was pushed cannot be used", e);
      }
    }
  }

  /** The connection is gone. */
  void end() {
    receivers.clear();
    List<CompletableFuture<Void>> open = new ArrayList<>();
    awaited.values().forEach(open::addAll);
    awaited.clear();
    open.forEach(
        answer -> answer.completeExceptionally(new EngineException(Effect.NONE, "disconnected")));
  }
}
