package io.github.upgradehandler.socketio.internal.engine;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.MessageGuard;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.servlet.WebSocketUpgrade;
import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sessions of one servlet, and what becomes of its requests. Thread-safe. */
public final class EngineServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  /** What a frame may have at least, since control frames may: RFC 6455, section 5.5. */
  private static final int CONTROL_FRAME_BYTES = 125;

  private final SocketIoConfig config;
  private final EngineAcceptor acceptor;
  private final EngineWork work;
  private final WebSocketUpgrade door;
  private final Guard guard;
  private final CrossOrigin crossOrigin;
  private final Polling polling;
  private final ConcurrentMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * A server whose threads start with the first session.
   *
   * @param name for logs and JMX, such as the servlet's
   * @throws IllegalArgumentException if a guard acts on the messages of a WebSocket
   */
  public EngineServer(
      ServletContext context,
      String name,
      SocketIoConfig config,
      EngineWork work,
      EngineAcceptor acceptor) {
    this.config = config;
    this.acceptor = acceptor;
    this.work = work;
    guard = Guard.inOrder(guards(config));
    if (guard instanceof MessageGuard) {
      throw new IllegalArgumentException(
          "the option guards: one acts on the messages of a WebSocket, which a client that polls"
              + " has not");
    }
    door = new WebSocketUpgrade(context, name, ofWebSocket(config));
    crossOrigin = new CrossOrigin(config.webSocket().allowedOrigins());
    polling = new Polling(config, work);
  }

  /** The limit comes first, since it costs least. */
  private static List<Guard> guards(SocketIoConfig config) {
    List<Guard> guards = new ArrayList<>();
    guards.add(new AddressLimit(config.limits().maxSessionsPerAddress(), config.clientAddress()));
    guards.addAll(config.webSocket().guards());
    return guards;
  }

  /**
   * Guards are asked once a session; heartbeats, limits and what a client is told are Engine.IO's.
   */
  private static WebSocketConfig ofWebSocket(SocketIoConfig config) {
    int most = config.limits().maxWaitingBytes();
    return config.webSocket().toBuilder()
        .guards()
        .pingInterval(Duration.ZERO)
        .closeReasons(false)
        .maxMessageBytes(config.maxHttpBufferSize())
        .maxFrameBytes(Math.max(CONTROL_FRAME_BYTES, config.maxHttpBufferSize()))
        .outboundLimitBytes(most)
        .outboundWatermarkBytes(Math.min(most, config.webSocket().flow().outboundWatermarkBytes()))
        .build();
  }

  /** How many sessions there are. */
  public int size() {
    return sessions.size();
  }

  /** Answers a request of the protocol. */
  public void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Exchange exchange = new Exchange(request, response);
    crossOrigin.allowReading(request, response);
    try {
      if (request.getMethod().equals("OPTIONS") && crossOrigin.isOn()) {
        crossOrigin.allowAsking(request, response);
      } else {
        answer(exchange, EngineRequest.of(request));
      }
    } catch (HandshakeRefusedException e) {
      LOG.log(DEBUG, () -> "a session is refused: " + e.detail().orElse(e.reason()));
      e.headers().forEach(response::setHeader);
      exchange.refuse(e.status(), EngineError.FORBIDDEN, e.reason());
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a request of Engine.IO failed", e);
      if (!response.isCommitted()) {
        exchange.status(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    }
  }

  /** Ends all sessions, such that their clients come back, and refuses new ones; blocks. */
  @Override
  public void close() {
    closing = true;
    sessions.values().forEach(s -> s.close(DisconnectReason.SERVER_SHUTTING_DOWN));
    door.close();
    sessions.values().forEach(EngineSession::discard); // nobody asks for their last words
  }

  private void answer(Exchange exchange, EngineRequest asked) throws IOException {
    boolean upgrade = WebSocketUpgrade.isRequestedBy(exchange.request());
    if (!asked.isPolling() && !asked.isWebSocket()) {
      exchange.refuse(EngineError.UNKNOWN_TRANSPORT);
    } else if (asked.sid() != null) {
      EngineSession session = sessions.get(asked.sid());
      if (session == null) {
        exchange.refuse(EngineError.UNKNOWN_SESSION);
      } else if (asked.isPolling() == upgrade) {
        exchange.refuse(EngineError.BAD_REQUEST);
      } else if (upgrade) {
        upgrade(exchange, session);
      } else {
        polling.service(exchange, session);
      }
    } else if (!exchange.request().getMethod().equals("GET")) {
      exchange.refuse(EngineError.BAD_METHOD);
    } else if (asked.isPolling() == upgrade) {
      exchange.refuse(EngineError.BAD_REQUEST);
    } else if (asked.version() == null
        || (asked.version() == EngineProtocol.V3 && !config.allowEio3())) {
      exchange.refuse(EngineError.UNSUPPORTED_VERSION);
    } else if (upgrade) {
      open(exchange, asked.version());
    } else {
      openPolling(exchange, asked, asked.version());
    }
  }

  private void upgrade(Exchange exchange, EngineSession session) {
    door.upgrade(
        exchange.request(),
        exchange.response(),
        handshake -> EngineSocketHandler.upgrading(session, acceptor));
  }

  private void open(Exchange exchange, EngineProtocol version) {
    door.upgrade(
        exchange.request(),
        exchange.response(),
        handshake -> EngineSocketHandler.opening(admit(handshake, version, false), acceptor));
  }

  private void openPolling(Exchange exchange, EngineRequest asked, EngineProtocol version)
      throws IOException {
    if (!exchange.request().isAsyncSupported()) {
      throw new IllegalStateException(
          "polling needs async-supported, which the servlet or a filter in front lacks");
    }
    EngineSession session = admit(door.handshake(exchange.request()), version, asked.base64());
    session.open(acceptor, work.configured()); // before the client knows: it may post at once
    try {
      polling.open(exchange, session);
    } catch (IOException | RuntimeException e) {
      session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
      throw e;
    }
  }

  /** Asks the guards, and adds a session. What the guards have counted goes with it. */
  private EngineSession admit(Handshake handshake, EngineProtocol version, boolean base64) {
    if (closing || sessions.size() >= config.limits().maxSessions()) {
      throw new HandshakeRefusedException(
          503, closing ? "The server shuts down" : "Too many sessions, see maxSessions");
    }
    Admission admission = guard.admit(handshake).releasedOnce();
    Handshake known = admission.principal().map(handshake::withPrincipal).orElse(handshake);
    EngineSession session =
        new EngineSession(
            version,
            base64,
            known,
            config,
            work,
            admission::release,
            forgotten -> sessions.remove(forgotten.id()));
    sessions.put(session.id(), session);
    session.start();
    return session;
  }

  /** The sessions that there are, as they come and go. */
  public List<EngineSession> sessions() {
    return List.copyOf(sessions.values());
  }
}
