package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.OriginPolicy;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import io.github.upgradehandler.internal.protocol.RequestHead;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A servlet whose address speaks WebSocket. Filters and security constraints apply to the opening
 * handshake as to any request.
 *
 * <p>Either extend it and say in {@link #accept} what to do with a connection, or map this class
 * itself and name a {@link WebSocketHandler} with a public constructor without parameters in the
 * init-param {@code handler}; an instance is made for each connection. The init-param {@code
 * messagesUseSession} says whether what a peer sends, but for pings and pongs, counts as use of its
 * HTTP session, which then does not time out under it. All other init-params are options of {@link
 * WebSocketConfig} or of one container.
 */
public class WebSocketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String HANDLER = "handler";
  private static final String MESSAGES_USE_SESSION = "messagesUseSession";

  private transient @Nullable InService<Monitored> service;
  private transient @Nullable WebSocketConfig configuration;
  private transient @Nullable OriginPolicy origins;
  private transient @Nullable PermessageDeflate deflate;
  private transient boolean messagesUseSession;
  private transient ContainerOptions containerOptions = ContainerOptions.NONE;
  private final transient SessionOrigin sessions = new SessionOrigin();
  private transient @Nullable HandlerFactory handlers;

  /** The connections, and what shows them in JMX. */
  private record Monitored(ConnectionGroup group, EndpointMonitor monitor) {}

  /** For the container. */
  public WebSocketServlet() {}

  /**
   * Decides about a connection, on the request's thread.
   *
   * @return what handles it; one handler may serve many connections
   * @throws HandshakeRefusedException to refuse it with an HTTP status and a reason
   */
  protected WebSocketHandler accept(Handshake handshake) {
    if (handlers == null) {
      throw new IllegalStateException(
          getClass().getName() + " neither overrides accept nor has the init-param 'handler'");
    }
    return handlers.make();
  }

  /**
   * Adds to what is kept of a request, on its thread and before the guards are asked: such as who
   * an attribute of the HTTP session says is signed in, which {@link Handshake#principal} then
   * says.
   */
  protected void describe(HttpServletRequest request, Handshake.Builder handshake) {}

  /**
   * Chooses the subprotocol for the response (RFC 6455 section 4.2.2 item 5.5): the first of {@link
   * WebSocketConfig#subprotocols} that the client offers.
   *
   * @return one that the client offers, or empty for none
   */
  protected Optional<String> chooseSubprotocol(Handshake handshake) {
    return config().subprotocols().stream().filter(handshake.subprotocols()::contains).findFirst();
  }

  /** Sets options in code; init-params come after and win. */
  protected void configure(WebSocketConfig.Builder builder) {}

  /**
   * The connections of this servlet, as they come and go; to be read from any thread. One is there
   * from before the client knows that it is open, so that a broadcast reaches it from then on, to
   * just before its {@link WebSocketHandler#onClose}. Empty after {@link #destroy}.
   *
   * @throws IllegalStateException before {@link #init}
   */
  protected final Set<WebSocket> connections() {
    InService<Monitored> inService = inService();
    Monitored monitored = inService.get();
    return monitored == null ? Set.of() : monitored.group.connections();
  }

  /** The configuration in force. */
  protected final WebSocketConfig config() {
    if (configuration == null) {
      throw new IllegalStateException("the servlet is not in service");
    }
    return configuration;
  }

  /**
   * Initializes the servlet. What must be ended comes after all that may fail, since a container
   * does not call {@link #destroy} after a failure, and some try again with every request; if a
   * subclass has more to do here, with the first handshake.
   */
  @Override
  public void init(ServletConfig servletConfig) throws ServletException {
    try {
      super.init(servletConfig);
    } catch (Throwable e) {
      end();
      throw e;
    }
    if (!isInitOverridden()) {
      inService().get();
    }
  }

  private boolean isInitOverridden() {
    try {
      return getClass().getMethod("init", ServletConfig.class).getDeclaringClass()
          != WebSocketServlet.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws ServletException if an init-param is unknown or malformed; names it
   */
  @Override
  public void init() throws ServletException {
    WebSocketConfig.Builder builder = WebSocketConfig.builder();
    configure(builder);
    WebSocketConfig config;
    try {
      for (String name : Collections.list(getInitParameterNames())) {
        if (name.equals(MESSAGES_USE_SESSION)) {
          messagesUseSession = isTrue(name, getInitParameter(name));
        } else if (Containers.hasOption(name)) {
          containerOptions = containerOptions.with(name, getInitParameter(name));
        } else if (!name.equals(HANDLER)) {
          builder.set(name, getInitParameter(name));
        }
      }
      config = builder.build();
    } catch (IllegalArgumentException e) {
      throw new ServletException("servlet '" + getServletName() + "': " + e.getMessage(), e);
    }
    String handlerName = getInitParameter(HANDLER);
    handlers =
        handlerName == null
            ? null
            : HandlerFactory.named(handlerName, Deployment.classLoader(getServletContext()));
    origins = new OriginPolicy(config.allowedOrigins(), config.originRequired());
    deflate = config.compression() ? new PermessageDeflate(config) : null;
    configuration = config;
    service = new InService<>(() -> open(config));
    StartupCheck.run(getServletName(), getServletContext());
  }

  private Monitored open(WebSocketConfig config) {
    ConnectionGroup opened = Deployment.open(getServletContext(), config);
    return new Monitored(
        opened,
        EndpointMonitor.open(opened, getServletContext().getContextPath(), getServletName()));
  }

  /**
   * Closes every connection, see {@link WebSocketConfig#drainCode} and {@link
   * WebSocketConfig#drainTimeout}.
   */
  @Override
  public void destroy() {
    end();
  }

  private void end() {
    Monitored ended = service == null ? null : service.end();
    if (ended != null) {
      Deployment.drain(getServletContext(), ended.group);
      ended.monitor.close();
    }
    if (deflate != null) {
      deflate.close();
    }
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response) {
    Refusal refusal = new Refusal(getServletName(), request, response);
    if (refusal.isAnswered()) {
      return;
    }
    try {
      upgrade(request, response, refusal);
    } catch (HandshakeRefusedException e) {
      refusal.answer(e);
    } catch (Throwable e) {
      refusal.fail(e);
    }
  }

  private void upgrade(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws ServletException, IOException {
    RequestHead head = new ServletRequestHead(request);
    ParsedOpening opening = ParsedOpening.read(head);
    Monitored monitored = inService().get();
    if (monitored == null || monitored.group.isDraining()) {
      throw new HandshakeRefusedException(503, "The server shuts down", Map.of("Retry-After", "5"));
    }
    ConnectionGroup target = monitored.group;
    if (origins != null) {
      origins.check(head);
    }
    // Once: whoever asks again gets another one, or none, when this has ended meanwhile.
    HttpSession session = HandshakeSnapshot.session(request);
    Handshake.Builder snapshot = HandshakeSnapshot.of(request, session, opening.subprotocols());
    describe(request, snapshot);
    Admitted admitted = Admitted.by(target.config().guards(), snapshot.build());
    Admission admission = admitted.admission();
    ServletTransport transport = new ServletTransport(containerOptions);
    Handover handover = Containers.handover(request, response);
    Connection connection;
    try {
      connection = connect(target, transport, admitted, opening, handover.response());
    } catch (Throwable e) {
      admission.release();
      throw e;
    }
    if (admission != Admission.UNCONDITIONAL) {
      connection.whenClosed().thenRun(admission::release);
    }
    try {
      HttpSession tied = session == null ? HandshakeSnapshot.session(request) : session;
      if (tied != null) {
        tie(connection, transport, tied, handover.request());
      }
      handOver(request, transport, connection, handover, refusal);
    } catch (Throwable e) {
      connection.abort();
      throw e;
    }
  }

  private void tie(
      Connection connection,
      ServletTransport transport,
      HttpSession session,
      HttpServletRequest own) {
    boolean close = config().closeWithSession();
    if (close || messagesUseSession) {
      sessions.warnIfReplaced(getServletName(), session, own);
    }
    if (close) {
      CloseStatus ended = CloseStatus.POLICY_VIOLATION.withReason("session ended");
      Runnable unbind = SessionBound.bind(session, () -> connection.close(ended));
      connection.whenClosed().thenRun(unbind);
    }
    if (messagesUseSession) {
      transport.countAs(new SessionUse(session));
    }
  }

  private static boolean isTrue(String name, String value) {
    return switch (value.strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "init-param '" + name + "' = '" + value + "': is neither true nor false");
    };
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
      ConnectionGroup target,
      ServletTransport transport,
      Admitted admitted,
      ParsedOpening opening,
      HttpServletResponse response) {
    Handshake handshake = admitted.handshake();
    WebSocketHandler accepted = accept(handshake);
    WebSocketHandler handler = admitted.around(accepted);
    String subprotocol = chooseSubprotocol(handshake).orElse(null);
    if (subprotocol != null && !opening.subprotocols().contains(subprotocol)) {
      throw new IllegalStateException(
          "chooseSubprotocol chose '"
              + subprotocol
              + "', which the client does not offer (RFC 6455 section 4.2.2)");
    }
    PermessageDeflate.Agreement compression = agreeOnCompression(opening).orElse(null);
    response.resetBuffer();
    response.setContentLengthLong(-1); // a filter's own may be taken for that of the connection
    // Section 4.2.2; some containers add none of these themselves.
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", opening.accept());
    if (subprotocol != null) {
      response.setHeader("Sec-WebSocket-Protocol", subprotocol);
    }
    if (compression != null) {
      response.setHeader("Sec-WebSocket-Extensions", compression.header());
    }
    Extension extension = compression == null ? null : compression.extension();
    FrameObserver observer = observer(handler, accepted);
    return target.connect(transport, handshake, subprotocol, extension, handler, observer);
  }

  /** Who is shown the frames: guards need not know of it to put something around it. */
  private static @Nullable FrameObserver observer(
      WebSocketHandler surrounded, WebSocketHandler accepted) {
    if (surrounded instanceof FrameObserver observer) {
      return observer;
    }
    return accepted instanceof FrameObserver observer ? observer : null;
  }

  /** What compression has in native memory, in use or not. */
  int liveCodecs() {
    return deflate == null ? 0 : deflate.liveCodecs();
  }

  private Optional<PermessageDeflate.Agreement> agreeOnCompression(ParsedOpening opening) {
    return deflate == null ? Optional.empty() : deflate.accept(opening.extensions());
  }

  private InService<Monitored> inService() {
    if (service == null) {
      throw new IllegalStateException("the servlet is not in service");
    }
    return service;
  }
}
