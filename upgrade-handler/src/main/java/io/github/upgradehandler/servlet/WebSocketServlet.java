package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.connection.Connection;
import io.github.upgradehandler.connection.Endpoint;
import io.github.upgradehandler.deflate.PermessageDeflate;
import io.github.upgradehandler.protocol.Extension;
import io.github.upgradehandler.protocol.OpeningHandshake;
import io.github.upgradehandler.protocol.OriginPolicy;
import io.github.upgradehandler.protocol.RequestHead;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
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
 * init-param {@code handler}; an instance is made for each connection. All other init-params are
 * options of {@link WebSocketConfig}.
 */
public class WebSocketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String HANDLER = "handler";

  private transient @Nullable Endpoint endpoint;
  private transient @Nullable OriginPolicy origins;
  private transient @Nullable PermessageDeflate deflate;
  private transient @Nullable HandlerFactory handlers;
  private transient @Nullable EndpointMonitor monitor;

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
    return endpoint().connections();
  }

  /** The configuration in force. */
  protected final WebSocketConfig config() {
    return endpoint().config();
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
        if (!name.equals(HANDLER)) {
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
    Endpoint opened = Deployment.open(getServletContext(), config);
    endpoint = opened;
    monitor = EndpointMonitor.open(opened, getServletContext().getContextPath(), getServletName());
    StartupCheck.run(getServletName(), getServletContext());
  }

  /**
   * Closes every connection, see {@link WebSocketConfig#drainCode} and {@link
   * WebSocketConfig#drainTimeout}.
   */
  @Override
  public void destroy() {
    Endpoint drained = endpoint;
    if (drained != null) {
      Deployment.drain(getServletContext(), drained);
      if (monitor != null) {
        monitor.close();
      }
      if (deflate != null) {
        deflate.close();
      }
    }
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      upgrade(request, response);
    } catch (HandshakeRefusedException e) {
      if (e.status() == HttpServletResponse.SC_EXPECTATION_FAILED) { // works with other servers
        System.getLogger("io.github.upgradehandler")
            .log(Level.INFO, "refused a handshake with 417: " + e.reason());
      }
      refuse(response, e);
    }
  }

  private void upgrade(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    RequestHead head = new ServletRequestHead(request);
    OpeningHandshake opening = OpeningHandshake.read(head);
    Endpoint target = endpoint;
    if (target == null || target.isDraining()) {
      throw new HandshakeRefusedException(503, "The server shuts down", Map.of("Retry-After", "5"));
    }
    if (origins != null) {
      origins.check(head);
    }
    Handshake.Builder snapshot = HandshakeSnapshot.of(request, opening.subprotocols());
    describe(request, snapshot);
    Admitted admitted = Admitted.by(target.config().guards(), snapshot.build());
    Admission admission = admitted.admission();
    ServletTransport transport = new ServletTransport(target.config());
    Connection connection;
    try {
      connection = connect(target, transport, admitted, opening, response);
    } catch (RuntimeException | Error e) {
      admission.release();
      throw e;
    }
    if (admission != Admission.UNCONDITIONAL) {
      connection.whenClosed().thenRun(admission::release);
    }
    if (target.config().closeWithSession()) {
      SessionSockets.bind(connection, request.getSession(false));
    }
    try {
      UpgradeHandler upgraded = request.upgrade(UpgradeHandler.class);
      if (!response.isCommitted()) {
        // Jetty has put the first token of the request's list there, whatever it is.
        response.setHeader("Upgrade", "websocket");
      }
      upgraded.bind(request, transport, connection);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      connection.abort();
      throw e;
    }
  }

  /** Has the application decide, and says in the response what is agreed on. */
  private Connection connect(
      Endpoint target,
      ServletTransport transport,
      Admitted admitted,
      OpeningHandshake opening,
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

  static void refuse(HttpServletResponse response, HandshakeRefusedException refusal)
      throws IOException {
    response.setStatus(refusal.status());
    refusal.headers().forEach(response::setHeader);
    byte[] body = (refusal.reason() + "\n").getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Optional<PermessageDeflate.Agreement> agreeOnCompression(OpeningHandshake opening) {
    return deflate == null ? Optional.empty() : deflate.accept(opening.extensions());
  }

  private Endpoint endpoint() {
    if (endpoint == null) {
      throw new IllegalStateException("the servlet is not in service");
    }
    return endpoint;
  }
}
