package io.github.upgradehandler.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.MessageEncoding;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.frame.FrameWriter;
import io.github.upgradehandler.protocol.Extension;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the connections of one address share, and the set of them. */
public final class Endpoint {

  private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(5);
  private static final int LOOKS_PER_DEADLINE = 8;
  private static final AtomicLong IDS = new AtomicLong();

  private final WebSocketConfig config;
  private final Deadlines deadlines;
  private final ClassLoader classLoader;
  private final FrameWriter writer = FrameWriter.server();
  private final MessageEncoding plainEncoding = new PlainEncoding();
  private final BufferPool pool = new BufferPool();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DaemonThreads.named("worker"));
  private final Counters counters = new Counters();
  private final Executor containerExecutor;
  private final Executor executor;
  private final Executor closer = this::closeAside;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<WebSocket> view = Collections.unmodifiableSet(connections);
  private final Unfinished unfinished = new Unfinished();
  private final Future<?> looking;
  private volatile boolean draining;
  private volatile boolean drained;

  /**
   * An endpoint without connections.
   *
   * @param classLoader the context class loader for the handlers
   */
  public Endpoint(WebSocketConfig config, Deadlines deadlines, ClassLoader classLoader) {
    this.config = config;
    this.deadlines = deadlines;
    this.classLoader = classLoader;
    Executor configured = config.executor();
    this.containerExecutor = configured == null ? Runnable::run : orInline(configured);
    this.executor = orInline(configured == null ? workers : configured);
    this.looking = deadlines.every(lookInterval(config), this::look);
  }

  /** The configuration of every connection. */
  public WebSocketConfig config() {
    return config;
  }

  /**
   * A new connection. What is sent to it waits until {@link Connection#start} opens it and its
   * transport becomes writable; if that never comes, {@link WebSocketConfig#sendTimeout} ends it.
   */
  public Connection connect(
      Transport transport,
      Handshake handshake,
      @Nullable String subprotocol,
      @Nullable Extension extension,
      WebSocketHandler handler) {
    FrameObserver observer = handler instanceof FrameObserver observing ? observing : null;
    return connect(transport, handshake, subprotocol, extension, handler, observer);
  }

  /**
   * The same for a handler that something may be around.
   *
   * @param observer is shown the frames, whether the handler is one or not
   */
  public Connection connect(
      Transport transport,
      Handshake handshake,
      @Nullable String subprotocol,
      @Nullable Extension extension,
      WebSocketHandler handler,
      @Nullable FrameObserver observer) {
    String id = Long.toString(IDS.incrementAndGet(), Character.MAX_RADIX);
    Connection connection =
        new Connection(this, id, transport, handshake, subprotocol, extension, handler, observer);
    unfinished.begin();
    counters.connected();
    connections.add(connection);
    if (draining) {
      connection.close(drainStatus());
    }
    if (drained) {
      connection.abort();
    }
    return connection;
  }

  /** The open connections, as they come and go. */
  public Set<WebSocket> connections() {
    return view;
  }

  /** What the connections have done so far. */
  public Counters counters() {
    return counters;
  }

  /** Whether {@link #closeAll} was called: no more handshakes are to be accepted. */
  public boolean isDraining() {
    return draining;
  }

  /** Starts closing every connection, and every one that still comes. */
  public void closeAll() {
    draining = true;
    connections.forEach(connection -> connection.close(drainStatus()));
  }

  /**
   * Closes every connection, waits for their closing handshakes for at most {@link
   * WebSocketConfig#drainTimeout}, then aborts the ones that are left. Blocks; once.
   */
  public void drain() {
    closeAll();
    unfinished.await(config.drainTimeout());
    drained = true;
    connections.forEach(Connection::abort);
    unfinished.await(LONGEST_LOOK);
    looking.cancel(false);
    workers.shutdown();
  }

  FrameWriter writer() {
    return writer;
  }

  MessageEncoding plainEncoding() {
    return plainEncoding;
  }

  BufferPool pool() {
    return pool;
  }

  ClassLoader classLoader() {
    return classLoader;
  }

  /** Where handlers run when a thread of the container has come for their connection. */
  Executor containerExecutor() {
    return containerExecutor;
  }

  /** Where handlers run otherwise. */
  Executor executor() {
    return executor;
  }

  /** Where transports are closed by those who cannot wait for it; draining does. */
  Executor closer() {
    return closer;
  }

  long now() {
    return deadlines.now();
  }

  /** Has every connection, and every guard, look at its deadlines. */
  void look() {
    long now = now();
    for (Connection connection : connections) {
      try {
        connection.check(now);
      } catch (RuntimeException e) {
        System.getLogger("io.github.upgradehandler")
            .log(Level.ERROR, connection.id() + ": deadlines", e);
      }
    }
    Deadlines.look(config.guards(), now);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /** A connection's handler has seen its end. */
  void closed(int code) {
    counters.closed(code);
    unfinished.end();
  }

  private void closeAside(Runnable close) {
    unfinished.begin();
    executor.execute(
        () -> {
          close.run();
          unfinished.end();
        });
  }

  private CloseStatus drainStatus() {
    return new CloseStatus(config.drainCode(), "server shuts down");
  }

  /** An executor that is shut down must not lose the end of a connection, nor what it sends. */
  static Executor orInline(Executor executor) {
    return task -> {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException e) {
        task.run();
      }
    };
  }

  private static Duration lookInterval(WebSocketConfig config) {
    Duration shortest =
        Stream.of(
                config.sendTimeout(),
                config.pingInterval(),
                config.pongTimeout(),
                config.frameTimeout(),
                config.closeTimeout())
            .filter(timeout -> !timeout.isZero())
            .min(Duration::compareTo)
            .orElseThrow()
            .dividedBy(LOOKS_PER_DEADLINE);
    return shortest.compareTo(SHORTEST_LOOK) < 0
        ? SHORTEST_LOOK
        : shortest.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : shortest;
  }
}
