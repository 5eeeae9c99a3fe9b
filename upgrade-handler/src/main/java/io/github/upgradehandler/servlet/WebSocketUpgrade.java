package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.AcceptedHandshake;
import io.github.upgradehandler.internal.connection.Admitted;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.protocol.OriginPolicy;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import io.github.upgradehandler.internal.protocol.RequestHead;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in for any servlet, filter or framework: makes WebSockets of requests, with one
 * configuration, and is closed when the application goes out of service. Thread-safe.
 *
 * <pre>{@code
 * WebSocketUpgrade upgrade = new WebSocketUpgrade(context, "chat", WebSocketConfig.defaults());
 * ...
 * if (WebSocketUpgrade.isRequestedBy(request)) {
 *   upgrade.upgrade(request, response, handshake -> new ChatHandler());
 *   return;
 * }
 * }</pre>
 *
 * <p>Nothing but the caller's return must follow: the container takes the connection over when the
 * servlet and all filters have returned.
 */
public final class WebSocketUpgrade implements AutoCloseable {

  private final ServletContext context;
  private final String name;
  private final WebSocketConfig config;
  private final ContainerOptions containerOptions;
  private final OriginPolicy origins;
  private final @Nullable PermessageDeflate deflate;
  private final SessionTie sessions;
  private final EndpointLog log;
  private final InService<Monitored> service;

  /** The connections, and what shows them in JMX. */
  private record Monitored(ConnectionGroup group, EndpointMonitor monitor) {}

  /**
   * Prepares for upgrades; threads are started with the first one.
   *
   * @param name for logs and JMX, such as the servlet's
   */
  public WebSocketUpgrade(ServletContext context, String name, WebSocketConfig config) {
    this(context, name, config, ContainerOptions.NONE);
  }

  /**
   * The same with options of one container each.
   *
   * @param containerOptions names and values, as in init-params: see {@code docs/options.md}
   * @throws IllegalArgumentException if one is unknown or malformed; names it
   */
  public WebSocketUpgrade(
      ServletContext context,
      String name,
      WebSocketConfig config,
      Map<String, String> containerOptions) {
    this(context, name, config, Containers.options(containerOptions));
  }

  /** The same with options that are read. */
  WebSocketUpgrade(
      ServletContext context,
      String name,
      WebSocketConfig config,
      ContainerOptions containerOptions) {
    this.containerOptions = containerOptions;
    this.context = context;
    this.name = name;
    this.config = config;
    this.origins = new OriginPolicy(config.allowedOrigins(), config.originRequired());
    this.deflate = config.compression().isEnabled() ? new PermessageDeflate(config) : null;
    this.sessions = new SessionTie(name, config);
    this.log = EndpointLog.ofServlet(name);
    this.service = new InService<>(this::open);
    StartupCheck.run(name, context);
  }

  private Monitored open() {
    ConnectionGroup opened = Deployment.open(context, config, log);
    return new Monitored(opened, EndpointMonitor.open(opened, context.getContextPath(), name));
  }

  /**
   * Whether a request asks for a WebSocket, rightly or not: it is to be given to {@link #upgrade},
   * which refuses it if there is something wrong with it.
   */
  public static boolean isRequestedBy(HttpServletRequest request) {
    return ParsedOpening.isRequestedBy(new ServletRequestHead(request));
  }

  /**
   * Makes a WebSocket of a request, or refuses it with an HTTP status.
   *
   * @param accept decides about the connection, on this thread, after the guards; what it throws
   *     but for {@link HandshakeRefusedException} is logged and answered with 500
   */
  public void upgrade(
      HttpServletRequest request,
      HttpServletResponse response,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept) {
    upgrade(request, response, unchanged -> {}, accept);
  }

  /**
   * The same.
   *
   * @param describe adds to what is kept of the request, before the guards are asked: such as the
   *     user that an attribute of the HTTP session names
   */
  public void upgrade(
      HttpServletRequest request,
      HttpServletResponse response,
      Consumer<? super Handshake.Builder> describe,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept) {
    Refusal refusal = new Refusal(log, request, response);
    if (refusal.isAnswered()) {
      return;
    }
    refusal.unless(() -> upgrade(request, response, refusal, describe, accept));
  }

  /**
   * What is known of the client of a request that opens no WebSocket, for protocols that speak over
   * plain HTTP as well. It is checked as {@link #upgrade} checks, but for the guards of {@link
   * #config}, which the caller asks once for all requests of a session.
   *
   * @throws HandshakeRefusedException with 503 if this goes out of service, with 403 if the
   *     request's origin is not let in
   */
  public Handshake handshake(HttpServletRequest request) {
    Monitored monitored = service.get();
    if (monitored == null || monitored.group.isDraining()) {
      throw Refusal.shuttingDown();
    }
    origins.check(new ServletRequestHead(request));
    return HandshakeReader.read(request, HandshakeReader.session(request), List.of()).build();
  }

  /** The configuration in force. */
  public WebSocketConfig config() {
    return config;
  }

  /**
   * The connections, as they come and go; to be read from any thread. One is there from before the
   * client knows that it is open, so that a broadcast reaches it from then on, to just before its
   * {@link WebSocketHandler#onClose}. Empty after {@link #close}.
   */
  public Set<WebSocket> connections() {
    Monitored monitored = service.get();
    return monitored == null ? Set.of() : monitored.group.connections();
  }

  /**
   * Closes every connection, see {@link WebSocketConfig#drainCode} and {@link
   * WebSocketConfig#drainTimeout}, and refuses every request from then on. Blocks for up to the
   * drain timeout.
   */
  @Override
  public void close() {
    Monitored ended = service.end();
    if (ended != null) {
      Deployment.drain(context, ended.group);
      ended.monitor.close();
    }
    if (deflate != null) {
      deflate.close();
    }
    log.close();
  }

  /** Starts what upgrades need, before the first one does. */
  void start() {
    service.get();
  }

  /** What compression has in native memory, in use or not. */
  int liveCodecs() {
    return deflate == null ? 0 : deflate.liveCodecs();
  }

  private void upgrade(
      HttpServletRequest request,
      HttpServletResponse response,
      Refusal refusal,
      Consumer<? super Handshake.Builder> describe,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept)
      throws ServletException, IOException {
    RequestHead head = new ServletRequestHead(request);
    ParsedOpening opening = ParsedOpening.read(head);
    Monitored monitored = service.get();
    if (monitored == null || monitored.group.isDraining()) {
      throw Refusal.shuttingDown();
    }
    origins.check(head);
    Handover handover = Containers.handover(request, response);
    StartupCheck.require(handover);
    // Once: a second call would give another one, or none, if this one has ended meanwhile.
    HttpSession session = HandshakeReader.session(request);
    Handshake.Builder snapshot =
        HandshakeReader.read(request, session, opening.subprotocols())
            .subprotocol(
                ParsedOpening.chooseSubprotocol(config.subprotocols(), opening.subprotocols())
                    .orElse(null));
    describe.accept(snapshot);
    Admitted admitted = Admitted.by(config.guards(), snapshot.build());
    ServletTransport transport = new ServletTransport(containerOptions);
    Connection connection;
    try {
      connection =
          connect(monitored.group, transport, admitted, opening, handover.response(), accept);
    } catch (Throwable e) {
      admitted.admission().release();
      throw e;
    }
    try {
      HttpSession tied = session == null ? HandshakeReader.session(request) : session;
      if (tied != null) {
        sessions.tie(connection, transport, tied, handover.request());
      }
      handOver(request, transport, connection, handover, refusal);
    } catch (Throwable e) {
      connection.abort();
      throw e;
    }
  }

  /** Leaves the connection to the container, which begins it when the filters are done. */
  private static void handOver(
      HttpServletRequest request,
      ServletTransport transport,
      Connection connection,
      Handover handover,
      Refusal refusal)
      throws ServletException, IOException {
    UpgradeHandler upgraded = request.upgrade(UpgradeHandler.class);
    if (!handover.response().isCommitted()) {
      // Some containers have put the first token of the request's list there, whatever it is.
      handover.response().setHeader("Upgrade", "websocket");
    }
    upgraded.bind(handover::begin, transport, connection);
    handover.watch(
        () -> {
          if (upgraded.spoil()) {
            refusal.spoiled();
          }
        });
  }

  /** Has the application decide, and says in the response what is agreed on. */
  private Connection connect(
      ConnectionGroup group,
      ServletTransport transport,
      Admitted admitted,
      ParsedOpening opening,
      HttpServletResponse response,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept) {
    AcceptedHandshake accepted = admitted.accept(opening.subprotocols(), accept);
    PermessageDeflate.Agreement compression =
        Optional.ofNullable(deflate).flatMap(d -> d.choose(opening.extensions())).orElse(null);
    HandshakeResponse.write(
        response, opening, accepted.subprotocol(), compression, accepted.acceptance().headers());
    return group.connect(
        transport, accepted.withExtension(compression == null ? null : compression.extension()));
  }
}
