package io.github.upgradehandler.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Two connections to one server, one for commands and one for what is pushed. It never comes back:
 * another server, or the same after a restart, is another link. Confined to the worker.
 */
final class Link {

  private final StatefulRedisConnection<byte[], byte[]> commands;
  private final StatefulRedisPubSubConnection<byte[], byte[]> pushes;
  private final Subscriptions subscriptions;
  private final Map<Script, String> digests;
  private final ServerInfo server;

  Link(
      StatefulRedisConnection<byte[], byte[]> commands,
      StatefulRedisPubSubConnection<byte[], byte[]> pushes,
      Subscriptions subscriptions,
      Map<Script, String> digests,
      ServerInfo server) {
    this.commands = commands;
    this.pushes = pushes;
    this.subscriptions = subscriptions;
    this.digests = digests;
    this.server = server;
  }

  ServerInfo server() {
    return server;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  CompletionStage<List<Object>> run(Script script, byte[][] keys, byte[][] values) {
    RedisFuture<List<Object>> answer =
        commands.async().evalsha(digests.get(script), ScriptOutputType.MULTI, keys, values);
    return answer;
  }

  CompletionStage<Long> publish(byte[] channel, byte[] message) {
    return commands.async().publish(channel, message);
  }

  /** How many connections are subscribed to a channel by its name. */
  CompletionStage<Long> subscribers(byte[] channel) {
    return commands
        .async()
        .pubsubNumsub(channel)
        .thenApply(counts -> counts.values().stream().mapToLong(Long::longValue).sum());
  }

  CompletionStage<String> replication() {
    return commands.async().info("replication");
  }

  boolean isOpen() {
    return commands.isOpen() && pushes.isOpen();
  }

  /** Sends what was asked for since the last time. */
  void flush() {
    subscriptions.flush();
    commands.flushCommands();
  }

  /** Has the end of either connection told, once or twice, by any thread. */
  void onEnd(Consumer<String> told) {
    watch(commands, "the connection has ended", told);
    watch(pushes, "the connection for what is pushed has ended", told);
  }

  private static void watch(
      StatefulConnection<byte[], byte[]> connection, String reason, Consumer<String> told) {
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
            told.accept(reason);
          }
        });
    if (!connection.isOpen()) {
      told.accept(reason);
    }
  }

  /** What is not answered fails. */
  CompletionStage<Void> close() {
    subscriptions.end();
    return CompletableFuture.allOf(commands.closeAsync(), pushes.closeAsync());
  }
}
