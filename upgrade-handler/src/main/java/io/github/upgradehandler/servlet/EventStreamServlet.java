package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.MessageAdmission;
import io.github.upgradehandler.internal.connection.Admitted;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.protocol.OriginPolicy;
import io.github.upgradehandler.internal.sse.EventStream;
import io.github.upgradehandler.internal.sse.EventStreams;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * <p>Of a logged room the ids are the positions of its log, and so the same on every node and for
 * its members; where messages are missing, there is an event of the type {@code lost} with a JSON
 * object of {@code reason}, a {@link io.github.upgradehandler.room.log.Lost.Reason}, and {@code
 * position}, from which it goes on.
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

  private static final String METHODS = "GET, HEAD, OPTIONS";

  /** Those that have a method here, which an application may override. */
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE");

  private transient @Nullable InService<EventStreams> streams;
  private transient @Nullable OriginPolicy origins;
  private transient @Nullable EndpointLog log;

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
   * Adds to what is kept of a request, on its thread and before the guards are asked: such as the
   * user that an attribute of the HTTP session names.
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
    EventStreamConfig.Builder builder = configure().toBuilder();
    EventStreamConfig config = InitParams.of(this).read(builder::set, builder::build);
    origins = new OriginPolicy(config.allowedOrigins(), false);
    // With the first request: a container does not call destroy when a subclass fails after this.
    EndpointLog made = EndpointLog.ofServlet(getServletName());
    log = made;
    streams = new InService<>(() -> Deployment.open(getServletContext(), config, made));
  }

  /** Ends every stream, see {@link EventStreamConfig#drainTimeout}. */
  @Override
  public void destroy() {
    EventStreams ended = streams == null ? null : streams.end();
    if (ended != null) {
      Deployment.drain(getServletContext(), ended);
    }
    if (log != null) {
      log.close();
    }
  }

  /** How many clients there are. */
  protected final int size() {
    EventStreams there = streams == null ? null : streams.get();
    return there == null ? 0 : there.size();
  }

  @Override
  protected final void doGet(HttpServletRequest request, HttpServletResponse response) {
    refusal(request, response).unless(() -> stream(request, response));
  }

  /** The head of what {@link #doGet} answers; nothing is opened. */
  @Override
  protected final void doHead(HttpServletRequest request, HttpServletResponse response) {
    doGet(request, response);
  }

  /** Answers a browser that asks for a page of another origin; the guards are not asked. */
  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
    refusal(request, response).unless(() -> allowAsking(request, response));
  }

  private void allowAsking(HttpServletRequest request, HttpServletResponse response) {
    checkOrigin(request, response);
    CrossOrigin.allowAsking(METHODS, request, response);
    response.setHeader("Allow", METHODS);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    refuseMethod(request, response);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    refuseMethod(request, response);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    refuseMethod(request, response);
  }

  /** Refuses methods that {@link HttpServlet} would answer with another status. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (KNOWN_METHODS.contains(request.getMethod())) {
      super.service(request, response);
    } else {
      refuseMethod(request, response);
    }
  }

  private void refuseMethod(HttpServletRequest request, HttpServletResponse response) {
    refusal(request, response)
        .answer(
            new HandshakeRefusedException(
                405, "An event stream is read with GET", Map.of("Allow", METHODS)));
  }

  private Refusal refusal(HttpServletRequest request, HttpServletResponse response) {
    EndpointLog known = log; // null if a subclass has its own init
    return new Refusal(
        known == null ? EndpointLog.ofServlet(getServletName()) : known, request, response);
  }

  private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
    EventStreams target = streams == null ? null : streams.get();
    if (target == null || target.isDraining()) {
      throw Refusal.shuttingDown();
    }
    StreamingCheck check = new StreamingCheck(getServletName(), request);
    if (response.isCommitted()) {
      throw check.refusal(
          "its response is committed already, perhaps since a filter has flushed it");
    }
    checkOrigin(request, response);
    ContainerOutput body = check.output(response);
    HttpSession session = HandshakeReader.session(request);
    Handshake.Builder snapshot = HandshakeReader.read(request, session, List.of());
    describe(request, snapshot);
    Admitted admitted = Admitted.by(target.config().guards(), snapshot.build());
    SessionEnd sessionEnd = new SessionEnd();
    Admission admission = admitted.admission().withRelease(sessionEnd::release);
    ServletEventOutput output = null;
    EventStream stream = null;
    try {
      Room room = room(admitted);
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader(
          "Cache-Control", "no-store, no-transform"); // compression holds events back
      response.setHeader("X-Accel-Buffering", "no"); // nginx holds back what is small
      if (request.getMethod().equals("HEAD")) {
        response.flushBuffer(); // else the length of this body, which is none, would be added
        admission.release();
        return;
      }
      output = Containers.eventOutput(start(request, check), body);
      stream =
          target.open(
              room,
              lastEventId(admitted.handshake()),
              output,
              admission,
              admitted.handshake().toString());
      response.flushBuffer(); // a filter may set a length afterwards, of a body that it saw none of
      output.listen(stream);
      HttpSession tied = session == null ? HandshakeReader.session(request) : session;
      if (tied != null && target.config().closeWithSession()) {
        sessionEnd.bind(tied, stream);
      }
    } catch (Throwable e) {
      if (stream != null) {
        stream.end();
      }
      if (output != null) {
        output.close();
      }
      admission.release();
      throw e;
    }
  }

  private void checkOrigin(HttpServletRequest request, HttpServletResponse response) {
    if (origins != null) {
      origins.check(new ServletRequestHead(request));
      CrossOrigin.allowReading(origins, request, response);
    }
  }

  /** The room that the application chooses for a client that is let in. */
  private Room room(Admitted admitted) {
    if (admitted.admission() instanceof MessageAdmission) {
      throw new IllegalStateException(
          "servlet '"
              + getServletName()
              + "': a guard acts on messages, of which the client of an event stream sends none");
    }
    Room room = accept(admitted.handshake());
    if (room == null) {
      throw new IllegalStateException("servlet '" + getServletName() + "': accept gave no room");
    }
    return room;
  }

  private static AsyncContext start(HttpServletRequest request, StreamingCheck check) {
    AsyncContext async;
    try {
      async = request.startAsync();
    } catch (IllegalStateException e) { // although the request reported that it could
      throw check.refusal(check.asyncMissing());
    }
    async.setTimeout(0);
    return async;
  }

  private static @Nullable String lastEventId(Handshake request) {
    return request.header("Last-Event-ID").or(() -> request.parameter("lastEventId")).orElse(null);
  }
}
