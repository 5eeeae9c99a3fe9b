package io.github.upgradehandler.servlet;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.protocol.OriginPolicy;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.sse.EventStream;
import io.github.upgradehandler.sse.EventStreams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A servlet whose address streams what is sent to a room, as server-sent events (HTML Living
 * Standard section 9.2). Text messages arrive as they are, binary ones in Base64 as events of the
 * type {@code binary}.
 *
 * <p>Every event has an id. A client that comes back with the header {@code Last-Event-ID}, as
 * browsers do, or with the parameter {@code lastEventId}, gets what it has missed; if that is not
 * kept any more, first an event of the type {@code gap}.
 *
 * <p>No thread waits for a client. One that reads too slowly is ended, see {@link
 * EventStreamConfig#outboundLimitBytes}, and may come back. Init-params are the options of {@link
 * EventStreamConfig}; {@code async-supported} must be set.
 *
 * <p>As for WebSockets, pages of other origins are refused with 403 unless {@link
 * EventStreamConfig#allowedOrigins} names them, and {@link EventStreamConfig#guards} bound the
 * streams and have clients sign in. What a guard counts is released when the stream ends.
 */
public abstract class EventStreamServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Guards that put something around it want to see messages. */
  private static final WebSocketHandler NO_MESSAGES = new WebSocketHandler() {};

  private transient @Nullable InService<EventStreams> streams;
  private transient @Nullable OriginPolicy origins;

  /** For the container. */
  protected EventStreamServlet() {}

  /**
   * Chooses the room to stream, on the request's thread; the guards have let the client in.
   *
   * @throws HandshakeRefusedException to refuse with an HTTP status and a reason; a browser does
   *     not come back by itself then
   */
  protected abstract Room accept(Handshake request);

  /**
   * Adds to what is kept of a request, on its thread and before the guards are asked: such as who
   * an attribute of the HTTP session says is signed in.
   */
  protected void describe(HttpServletRequest request, Handshake.Builder handshake) {}

  /**
   * The options in code, {@link EventStreamConfig#withGuards guards} among them; init-params come
   * after and win.
   */
  protected EventStreamConfig configure() {
    return EventStreamConfig.DEFAULT;
  }

  /**
   * Reads the configuration.
   *
   * @throws ServletException if an init-param is unknown or malformed; names it
   */
  @Override
  public void init() throws ServletException {
    Map<String, String> options = new TreeMap<>();
    for (String name : Collections.list(getInitParameterNames())) {
      options.put(name, getInitParameter(name));
    }
    EventStreamConfig config;
    try {
      config = EventStreamConfig.of(configure(), options);
    } catch (IllegalArgumentException e) {
      throw new ServletException("servlet '" + getServletName() + "': " + e.getMessage(), e);
    }
    origins = new OriginPolicy(config.allowedOrigins(), false);
    // With the first request: a container does not call destroy when a subclass fails after this.
    streams = new InService<>(() -> Deployment.open(getServletContext(), config));
  }

  /** Ends every stream, see {@link EventStreamConfig#drainTimeout}. */
  @Override
  public void destroy() {
    EventStreams ended = streams == null ? null : streams.end();
    if (ended != null) {
      Deployment.drain(getServletContext(), ended);
    }
  }

  /** How many clients there are. */
  protected final int size() {
    EventStreams there = streams == null ? null : streams.get();
    return there == null ? 0 : there.size();
  }

  @Override
  protected final void doGet(HttpServletRequest request, HttpServletResponse response) {
    Refusal refusal = new Refusal(getServletName(), request, response);
    try {
      stream(request, response);
    } catch (HandshakeRefusedException e) {
      refusal.answer(e);
    } catch (Throwable e) {
      refusal.fail(e);
    }
  }

  private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
    EventStreams target = streams == null ? null : streams.get();
    if (target == null || target.isDraining()) {
      throw new HandshakeRefusedException(503, "The server shuts down", Map.of("Retry-After", "5"));
    }
    if (origins != null) {
      origins.check(new ServletRequestHead(request));
      allowReading(origins, request.getHeader("Origin"), response);
    }
    HttpSession session = HandshakeSnapshot.session(request);
    Handshake.Builder snapshot = HandshakeSnapshot.of(request, session, List.of());
    describe(request, snapshot);
    Admitted admitted = Admitted.by(target.config().guards(), snapshot.build());
    SessionAdmission admission =
        new SessionAdmission(admitted.admission(), target.config().closeWithSession());
    EventStream stream;
    ServletEventOutput output;
    try {
      if (admitted.admission().around(NO_MESSAGES) != NO_MESSAGES) {
        throw new IllegalStateException(
            "servlet '"
                + getServletName()
                + "': a guard acts on messages, of which the client of an event stream sends none");
      }
      Room room = accept(admitted.handshake());
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no"); // nginx holds back what is small
      AsyncContext async = request.startAsync();
      async.setTimeout(0);
      output = ServletEventOutput.of(async, response.getOutputStream());
      stream = target.open(room, lastEventId(admitted.handshake()), output, admission);
    } catch (IOException | RuntimeException | Error e) {
      admitted.admission().release();
      throw e;
    }
    try {
      output.listen(stream);
      admission.endWith(session == null ? HandshakeSnapshot.session(request) : session, stream);
    } catch (RuntimeException | Error e) {
      stream.end();
      throw e;
    }
  }

  private static @Nullable String lastEventId(Handshake request) {
    return request.header("Last-Event-ID").or(() -> request.parameter("lastEventId")).orElse(null);
  }

  /** What a browser asks of a response before a page of another origin may read it (CORS). */
  private static void allowReading(
      OriginPolicy origins, @Nullable String origin, HttpServletResponse response) {
    response.addHeader("Vary", "Origin");
    if (origin == null) {
      return;
    }
    if (origins.names(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
    } else if (origins.names("*")) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
  }
}
