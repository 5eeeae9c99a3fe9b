package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A servlet whose address speaks WebSocket. Filters and security constraints apply to the opening
 * handshake as to any request.
 *
 * <p>There are three ways to say what handles a connection: give a function to the constructor,
 * extend this class and override {@link #accept}, or map this class itself and name a {@link
 * WebSocketHandler} with a public constructor without parameters in the init-param {@code handler};
 * an instance is made for each connection. All other init-params are options of {@link
 * WebSocketConfig} or of one container.
 */
public class WebSocketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a servlet that has nothing to give connections to. */
  static final String NO_HANDLER =
      "nothing handles connections: set the init-param 'handler', give a function to the"
          + " constructor, or override accept";

  private final transient @Nullable WebSocketConfig given;
  private transient @Nullable Function<? super Handshake, ? extends HandshakeAnswer> acceptor;
  private transient @Nullable WebSocketUpgrade upgrade;

  /** For the container. */
  public WebSocketServlet() {
    this.given = null;
  }

  /**
   * A servlet that needs no subclass.
   *
   * @param acceptor decides about a connection, on the request's thread, see {@link #accept}
   */
  public WebSocketServlet(Function<? super Handshake, ? extends HandshakeAnswer> acceptor) {
    this(WebSocketConfig.defaults(), acceptor);
  }

  /**
   * The same with options.
   *
   * @param config init-params come after and win
   */
  public WebSocketServlet(
      WebSocketConfig config, Function<? super Handshake, ? extends HandshakeAnswer> acceptor) {
    this.given = config;
    this.acceptor = acceptor;
    if (getClass() == WebSocketServlet.class) {
      MadeInCode.note();
    }
  }

  /**
   * Decides about a connection, on the request's thread.
   *
   * @return what handles it; one handler may serve many connections. An {@link Acceptance} says
   *     more
   * @throws HandshakeRefusedException to refuse it with an HTTP status and a reason
   */
  protected HandshakeAnswer accept(Handshake handshake) {
    if (acceptor == null) {
      throw new IllegalStateException(NO_HANDLER);
    }
    return acceptor.apply(handshake);
  }

  /**
   * Adds to what is kept of a request, on its thread and before the guards are asked: such as the
   * user that an attribute of the HTTP session names, which is then {@link Handshake#principal}.
   */
  protected void describe(HttpServletRequest request, Handshake.Builder handshake) {}

  /**
   * Chooses the subprotocol for the response (RFC 6455 section 4.2.2 item 5.5) where {@link
   * #accept} does not: the first of {@link WebSocketConfig#subprotocols} that the client offers.
   *
   * @return one that the client offers, or empty for none
   */
  protected Optional<String> chooseSubprotocol(Handshake handshake) {
    return handshake.subprotocol();
  }

  /** Sets options in code; init-params come after and win. */
  protected void configure(WebSocketConfig.Builder builder) {}

  /**
   * The connections of this servlet, see {@link WebSocketUpgrade#connections}.
   *
   * @throws IllegalStateException before {@link #init}
   */
  protected final Set<WebSocket> connections() {
    return upgrade().connections();
  }

  /** The configuration in force. */
  protected final WebSocketConfig config() {
    return upgrade().config();
  }

  /**
   * Initializes the servlet. What must be ended comes after all that may fail, since a container
   * does not call {@link #destroy} after a failure, and one tries again with every request; if a
   * subclass has more to do here, with the first handshake.
   */
  @Override
  public void init(ServletConfig servletConfig) throws ServletException {
    try {
      super.init(servletConfig);
    } catch (Throwable e) {
      destroy();
      throw e;
    }
    if (!isOverridden("init", ServletConfig.class)) {
      upgrade().start();
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws ServletException if an init-param is unknown or malformed, or nothing handles
   *     connections; says which
   */
  @Override
  public void init() throws ServletException {
    WebSocketConfig.Builder builder = given == null ? WebSocketConfig.builder() : given.toBuilder();
    configure(builder);
    WebSocketParams params =
        new WebSocketParams(builder, Deployment.classLoader(getServletContext()));
    upgrade = InitParams.of(this).read(params::set, () -> prepare(params));
  }

  private WebSocketUpgrade prepare(WebSocketParams params) {
    WebSocketConfig config = params.config();
    HandlerFactory handlers = params.handlers();
    if (handlers != null) {
      handlers.initialize();
      acceptor = handshake -> handlers.make();
    } else if (acceptor == null && !isOverridden("accept", Handshake.class)) {
      throw new IllegalArgumentException(NO_HANDLER);
    }
    return new WebSocketUpgrade(
        getServletContext(), getServletName(), config, params.containerOptions());
  }

  private boolean isOverridden(String name, Class<?> parameter) {
    return new Subclass(getClass(), WebSocketServlet.class).overrides(name, parameter);
  }

  /**
   * Closes every connection, see {@link WebSocketConfig#drainCode} and {@link
   * WebSocketConfig#drainTimeout}.
   */
  @Override
  public void destroy() {
    if (upgrade != null) {
      upgrade.close();
    }
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response) {
    upgrade()
        .upgrade(
            request,
            response,
            snapshot -> describe(request, snapshot),
            this::acceptWithSubprotocol);
  }

  /** Asks {@link #accept}, which sees the chosen subprotocol and may replace it. */
  private @Nullable HandshakeAnswer acceptWithSubprotocol(Handshake handshake) {
    Optional<String> chosen = chooseSubprotocol(handshake);
    Handshake known =
        chosen.equals(handshake.subprotocol())
            ? handshake
            : handshake.toBuilder().subprotocol(chosen.orElse(null)).build();
    HandshakeAnswer answer = accept(known);
    return answer == null ? null : Acceptance.of(answer).orSubprotocol(chosen);
  }

  /** What compression has in native memory, in use or not. */
  int liveCodecs() {
    return upgrade().liveCodecs();
  }

  private WebSocketUpgrade upgrade() {
    if (upgrade == null) {
      throw new IllegalStateException("the servlet is not in service");
    }
    return upgrade;
  }
}
