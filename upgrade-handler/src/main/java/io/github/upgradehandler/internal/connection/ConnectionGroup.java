package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.Draining;
import io.github.upgradehandler.internal.work.GuardDeadlines;
import io.github.upgradehandler.internal.work.Outstanding;
import io.github.upgradehandler.internal.work.PendingCloses;
import io.github.upgradehandler.internal.work.RunningTime;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.spi.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the connections of one address share, and the set of them. */
public final class ConnectionGroup implements io.github.upgradehandler.spi.ConnectionGroup {

  /** How long the connections that draining has aborted have to tell their handlers. */
  private static final Duration ABORT_GRACE = Duration.ofMillis(250);

  private static final AtomicLong IDS = new AtomicLong();

  private final WebSocketConfig config;
  private final SweepTimer timer;
  private final ClassLoader classLoader;
  private final FrameWriter writer;
  private final BufferPool pool = new BufferPool();
  private final OutboundBudget budget;
  private final Workers workers;
  private final Counters counters = new Counters();
  private final ConnectionExecutors executors;
  private final GuardDeadlines guardDeadlines;
  private final PendingCloses pendingCloses = new PendingCloses();
  private final RunningTime runningTime;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<WebSocket> view = Collections.unmodifiableSet(connections);
  private final Outstanding unfinished = new Outstanding();
  private final ConnectionSweep sweep;
  private final Future<?> sweeping;
  private final Draining draining = new Draining();
  private final ConnectionLog log;

  /**
   * A group of servers, without connections.
   *
   * @param classLoader the context class loader for the handlers
   */
  public ConnectionGroup(WebSocketConfig config, SweepTimer timer, ClassLoader classLoader) {
    this(config, timer, classLoader, Workers.threads());
  }

  /**
   * A group with workers that are shared, or made by others.
   *
   * @param classLoader the context class loader for the handlers
   */
  public ConnectionGroup(
      WebSocketConfig config, SweepTimer timer, ClassLoader classLoader, Workers workers) {
    this(FrameWriter.server(), config, timer, classLoader, workers, new EndpointLog("WebSocket"));
  }

  /**
   * A group of servers.
   *
   * @param classLoader the context class loader for the handlers
   * @param log of their address, to be closed by the caller
   */
  public ConnectionGroup(
      WebSocketConfig config, SweepTimer timer, ClassLoader classLoader, EndpointLog log) {
    this(FrameWriter.server(), config, timer, classLoader, Workers.threads(), log);
  }

  /** A group of the role that the writer has. */
  ConnectionGroup(
      FrameWriter writer,
      WebSocketConfig config,
      SweepTimer timer,
      ClassLoader classLoader,
      Workers workers,
      EndpointLog log) {
    this.writer = writer;
    this.config = config;
    this.log = new ConnectionLog(log);
    this.budget = new OutboundBudget(config.flow());
    this.timer = timer;
    this.classLoader = classLoader;
    this.workers = workers;
    this.executors = new ConnectionExecutors(config.executor(), workers, unfinished);
    this.guardDeadlines = new GuardDeadlines(workers.guards());
    this.sweep = new ConnectionSweep(connections, workers.closers());
    Duration interval = SweepInterval.of(config.timeouts());
    this.runningTime = new RunningTime(interval, timer.now());
    this.sweeping = timer.every(interval, this::sweep);
  }

  /**
   * A group of clients, without connections.
   *
   * @param maskingKeys the source of the masking keys, unpredictable to the author of the payload
   *     (section 10.3), so a {@link java.security.SecureRandom}. Used by one thread at a time.
   * @param classLoader the context class loader for the handlers
   */
  public static ConnectionGroup ofClients(
      RandomGenerator maskingKeys,
      WebSocketConfig config,
      SweepTimer timer,
      ClassLoader classLoader) {
    FrameWriter writer = FrameWriter.client(new MaskingKeys(maskingKeys));
    EndpointLog log = new EndpointLog("WebSocket client");
    return new ConnectionGroup(writer, config, timer, classLoader, Workers.threads(), log);
  }

  @Override
  public WebSocketConfig config() {
    return config;
  }

  @Override
  public Connection open(
      Transport transport,
      Handshake handshake,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept) {
    return open(transport, handshake, null, accept);
  }

  /** The same with an extension that was agreed on, if any. */
  public Connection open(
      Transport transport,
      Handshake handshake,
      @Nullable Extension extension,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept) {
    List<String> spoken = role() == Role.SERVER ? config.subprotocols() : List.of();
    Admitted admitted = Admitted.by(config.guards(), Admitted.negotiated(spoken, handshake));
    try {
      return connect(
          transport, admitted.accept(handshake.subprotocols(), accept).withExtension(extension));
    } catch (Throwable e) {
      admitted.admission().release();
      throw e;
    }
  }

  /**
   * A new connection that is let in. What is sent to it waits until {@link Connection#onStarted}
   * opens it and its transport becomes writable; if that never comes, {@link
   * io.github.upgradehandler.Timeouts#sendTimeout} ends it.
   */
  public Connection connect(Transport transport, AcceptedHandshake accepted) {
    Connection connection = new Connection(this, IDS.incrementAndGet(), transport, accepted);
    guardDeadlines.hold(accepted.admission(), connection::whenClosed);
    unfinished.begin();
    counters.connected();
    connections.add(connection);
    if (draining.isBegun()) {
      connection.close(drainStatus());
    }
    if (draining.isOver()) {
      connection.abort();
    }
    return connection;
  }

  @Override
  public Set<WebSocket> connections() {
    return view;
  }

  @Override
  public Counters counters() {
    return counters;
  }

  @Override
  public boolean isDraining() {
    return draining.isBegun();
  }

  @Override
  public void startDraining() {
    if (draining.begin(config.drainTimeout())) {
      connections.forEach(connection -> connection.close(drainStatus()));
    }
  }

  /**
   * Closes every connection, waits for their closing handshakes until {@link
   * WebSocketConfig#drainTimeout} after {@link #startDraining}, then aborts the ones that are left.
   * Blocks; to be called once.
   */
  @Override
  public void drain() {
    startDraining();
    draining.await(unfinished);
    connections.forEach(Connection::abort);
    unfinished.await(ABORT_GRACE);
    sweeping.cancel(false);
    workers.shutdown();
  }

  @Override
  public Role role() {
    return writer.role();
  }

  FrameWriter writer() {
    return writer;
  }

  OutboundBudget budget() {
    return budget;
  }

  BufferPool pool() {
    return pool;
  }

  ClassLoader classLoader() {
    return classLoader;
  }

  /** The executors on which its connections run. */
  ConnectionExecutors executors() {
    return executors;
  }

  ConnectionLog log() {
    return log;
  }

  long now() {
    return timer.now();
  }

  /** The time by which deadlines are measured. */
  RunningTime runningTime() {
    return runningTime;
  }

  Workers workers() {
    return workers;
  }

  /** Checks the deadlines of every connection and every guard; called by the timer's thread. */
  public void sweep() {
    long now = timer.now();
    workers.revive();
    sweep.at(runningTime.at(now));
    if (connections.isEmpty()) {
      pool.clear();
    }
    pendingCloses.sweep(now, workers.closers());
    guardDeadlines.check(now);
    log.reportLeftOut(workers.closers());
  }

  /** The thread that is writing will close a transport whose connection has ended. */
  void closesPending(Transport transport) {
    pendingCloses.add(transport, timer.now());
  }

  /** That thread closes it now. */
  void closed(Transport transport) {
    pendingCloses.remove(transport);
  }

  void remove(WebSocket connection) {
    connections.remove(connection);
  }

  /** A connection's handler has seen its end. */
  void closed(int code) {
    counters.closed(code);
    unfinished.end();
  }

  private CloseStatus drainStatus() {
    return new CloseStatus(
        config.drainCode(), role() == Role.SERVER ? "server shuts down" : "client shuts down");
  }
}
