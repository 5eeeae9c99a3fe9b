package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.work.DaemonThreads;
import io.github.upgradehandler.internal.work.WorkerPool;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What the connections of a client share while they are made: threads, TLS, keys. Thread-safe. */
final class ClientResources {

  private static final int MAX_BLOCKING = 16;
  private static final int MAX_HANDLERS = 64;

  private final ClientConfig config;
  private final List<IoLoop> loops = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("client-timer"));
  private final WorkerPool blocking = new WorkerPool("client-opening", MAX_BLOCKING);
  private final WorkerPool handlers = new WorkerPool("client-handler", MAX_HANDLERS);
  private final SecureRandom random = new SecureRandom();
  private final @Nullable PermessageDeflate deflate;

  ClientResources(ClientConfig config) throws IOException {
    this.config = config;
    this.deflate =
        config.webSocket().compression().isEnabled()
            ? new PermessageDeflate(config.webSocket())
            : null;
    timer.setRemoveOnCancelPolicy(true);
    for (int i = 0; i < config.ioThreads(); i++) {
      loops.add(new IoLoop());
    }
  }

  /** The loop that has the next connection. */
  IoLoop nextLoop() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** Its thread must not be blocked. */
  ScheduledExecutorService timer() {
    return timer;
  }

  /** Threads for what may block and is the client's own: look-ups, certificates. */
  Executor blocking() {
    return blocking;
  }

  /** Threads for handlers, and for what depends on a stage. */
  Executor handlers() {
    return handlers;
  }

  SecureRandom random() {
    return random;
  }

  @Nullable PermessageDeflate deflate() {
    return deflate;
  }

  /** What is offered, if anything. */
  @Nullable String offer() {
    return deflate == null ? null : deflate.offer();
  }

  /**
   * A new end of TLS that begins to talk, names the host (RFC 6066 section 3) and, unless
   * configured otherwise, checks it.
   *
   * @throws IOException if the platform has no TLS
   */
  SSLEngine engine(Destination to) throws IOException {
    try {
      SSLContext configured = config.sslContext();
      SSLContext context = configured == null ? SSLContext.getDefault() : configured;
      SSLEngine engine = context.createSSLEngine(to.host(), to.port());
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(config.hostNameCheck() ? "HTTPS" : null);
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      engine.setSSLParameters(parameters);
      engine.beginHandshake();
      return engine;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java platform has no default TLS", e);
    }
  }

  /** Ends the threads; no connection is there any more. */
  void close() {
    timer.shutdownNow();
    loops.forEach(IoLoop::stop);
    blocking.shutdown();
    handlers.shutdown();
    if (deflate != null) {
      deflate.close();
    }
  }
}
