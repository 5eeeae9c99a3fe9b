package io.github.upgradehandler.redis;

import io.github.upgradehandler.internal.work.RecordMethods;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The client library and its threads. It is a wire only: what it would do by itself after a
 * connection is lost, to connect and to send again, would send twice and hide which server answers.
 */
final class Client {

  private static final int THREADS = 2; // fewer are not possible
  private static final int MAX_UNANSWERED = 100_000;
  private static final long STOP_MILLIS = 2000;

  private final Worker worker = new Worker("upgrade-handler redis");
  private final Wire wire;

  /** What the client library has made. */
  private record Wire(RedisURI uri, ClientResources resources, RedisClient client) {}

  /**
   * Starts the worker.
   *
   * @throws IllegalArgumentException if it is no URI of Redis
   */
  Client(String address, Optional<Path> trusted, Duration commandTimeout) {
    try {
      wire =
          CompletableFuture.supplyAsync(() -> wire(address, trusted, commandTimeout), worker)
              .join();
    } catch (CompletionException e) {
      worker.execute(worker::stop);
      throw e.getCause() instanceof RuntimeException wrong ? wrong : e;
    }
  }

  private static Wire wire(String address, Optional<Path> trusted, Duration commandTimeout) {
    RedisURI uri = RedisURI.create(address);
    uri.setTimeout(commandTimeout.multipliedBy(2));
    SslOptions.Builder tls = SslOptions.builder();
    trusted.ifPresent(
        file -> {
          if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("cannot read the certificates in " + file);
          }
          tls.jdkSslProvider().trustManager(file.toFile());
        });
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .nettyCustomizer(new Corking())
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_UNANSWERED)
            .timeoutOptions(TimeoutOptions.builder().fixedTimeout(commandTimeout).build())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(commandTimeout.multipliedBy(2))
                    .keepAlive(true)
                    .build())
            .sslOptions(tls.build())
            .build());
    return new Wire(uri, resources, client);
  }

  Worker worker() {
    return worker;
  }

  RedisURI uri() {
    return wire.uri();
  }

  RedisClient redis() {
    return wire.client();
  }

  /**
   * Ends all threads.
   *
   * @param before what the worker does first
   */
  void close(Supplier<CompletionStage<Void>> before, Duration patience) {
    worker.execute(
        () ->
            before
                .get()
                .handleAsync((done, error) -> end(), worker)
                .thenCompose(Function.identity())
                .whenComplete((done, error) -> worker.execute(this::stop)));
    try {
      if (!worker.awaitEnd(patience)) {
        Worker.LOG.log(Level.WARNING, "threads of Redis's client have not ended");
      }
      RecordMethods.forgetLast();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletionStage<Void> end() {
    return wire.client().shutdownAsync(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void stop() {
    try {
      wire.resources().shutdown(0, STOP_MILLIS, TimeUnit.MILLISECONDS).await(STOP_MILLIS);
      GlobalEventExecutor.INSTANCE.awaitInactivity(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | IllegalStateException e) {
      Worker.LOG.log(Level.DEBUG, "not waited for the threads of Redis's client", e);
    } finally {
      worker.stop();
    }
  }
}
