package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is subscribed to. Confined to the worker, but for what comes: that is handed
 * on by the client library's thread, so that a reader that is slow slows Redis down and fills no
 * memory.
 */
final class Subscriptions extends RedisPubSubAdapter<byte[], byte[]> {

  private static final int MAX_BATCH = 512;

  /** How channels are named. */
  private enum Kind {
    CHANNEL,
    PATTERN
  }

  /** Compared by hand: what a record generates keeps the class loader in a cache of JDK 17. */
  private record Name(Kind kind, String text) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name name && kind == name.kind && text.equals(name.text);
    }

    @Override
    public int hashCode() {
      return 31 * text.hashCode() + kind.hashCode();
    }
  }

  private record Change(Name name, boolean wanted) {

    boolean isLike(Change other) {
      return wanted == other.wanted && name.kind == other.name.kind;
    }
  }

  /** Receives what is published to the channels of a pattern. */
  @FunctionalInterface
  interface PatternReceiver {
    void accept(byte[] channel, byte[] message);
  }

  private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
  private final Worker worker;
  private final Map<Name, PatternReceiver> receivers = new ConcurrentHashMap<>();

  // Confirmations come in the order of what was sent, one for each name.
  private final Map<Name, ArrayDeque<CompletableFuture<Void>>> awaited = new HashMap<>();
  private final List<Change> unsent = new ArrayList<>();

  Subscriptions(StatefulRedisPubSubConnection<byte[], byte[]> connection, Worker worker) {
    this.connection = connection;
    this.worker = worker;
    connection.addListener(this);
  }

  /** Subscribes with the next {@link #flush}; completes when it counts. */
  CompletionStage<Void> add(byte[] channel, Consumer<byte[]> receiver) {
    return add(name(Kind.CHANNEL, channel), (from, message) -> receiver.accept(message));
  }

  /** The same to all channels whose names match. */
  CompletionStage<Void> addPattern(byte[] pattern, PatternReceiver receiver) {
    return add(name(Kind.PATTERN, pattern), receiver);
  }

  private CompletionStage<Void> add(Name name, PatternReceiver receiver) {
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    receivers.put(name, receiver);
    awaited.computeIfAbsent(name, unused -> new ArrayDeque<>()).add(confirmed);
    unsent.add(new Change(name, true));
    return confirmed;
  }

  void remove(byte[] channel) {
    remove(name(Kind.CHANNEL, channel));
  }

  void removePattern(byte[] pattern) {
    remove(name(Kind.PATTERN, pattern));
  }

  private void remove(Name name) {
    receivers.remove(name);
    unsent.add(new Change(name, false));
  }

  private static Name name(Kind kind, byte[] name) {
    return new Name(kind, Names.comparable(name));
  }

  int size() {
    return receivers.size();
  }

  /** Sends what has changed, in its order. */
  void flush() {
    int from = 0;
    while (from < unsent.size()) {
      Change first = unsent.get(from);
      int to = from;
      while (to < unsent.size() && to - from < MAX_BATCH && unsent.get(to).isLike(first)) {
        to++;
      }
      send(unsent.subList(from, to).stream().map(Change::name).toList(), first);
      from = to;
    }
    unsent.clear();
  }

  private void send(List<Name> names, Change like) {
    byte[][] all = names.stream().map(name -> Names.bytes(name.text)).toArray(byte[][]::new);
    boolean exact = like.name.kind == Kind.CHANNEL;
    RedisPubSubAsyncCommands<byte[], byte[]> commands = connection.async();
    if (like.wanted) {
      RedisFuture<Void> answer = exact ? commands.subscribe(all) : commands.psubscribe(all);
      answer.exceptionally(
          error -> {
            worker.execute(() -> refused(names, error));
            return null;
          });
    } else {
      RedisFuture<Void> unused = exact ? commands.unsubscribe(all) : commands.punsubscribe(all);
    }
  }

  private void refused(List<Name> names, Throwable error) {
    for (Name name : names) {
      confirm(name, answer -> answer.completeExceptionally(error));
    }
  }

  @Override
  public void subscribed(byte[] channel, long count) {
    worker.execute(() -> confirm(name(Kind.CHANNEL, channel), answer -> answer.complete(null)));
  }

  @Override
  public void psubscribed(byte[] pattern, long count) {
    worker.execute(() -> confirm(name(Kind.PATTERN, pattern), answer -> answer.complete(null)));
  }

  private void confirm(Name name, Consumer<CompletableFuture<Void>> how) {
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
    received(name(Kind.CHANNEL, channel), channel, message);
  }

  @Override
  public void message(byte[] pattern, byte[] channel, byte[] message) {
    received(name(Kind.PATTERN, pattern), channel, message);
  }

  private void received(Name name, byte[] channel, byte[] message) {
    PatternReceiver receiver = receivers.get(name);
    if (receiver != null) {
      try {
        receiver.accept(channel, message);
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
