package io.github.upgradehandler.servlet;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.sse.EventStreams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
 */
public abstract class EventStreamServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient @Nullable EventStreams streams;

  /** For the container. */
  protected EventStreamServlet() {}

  /**
   * Chooses the room to stream, on the request's thread.
   *
   * @throws HandshakeRefusedException to refuse with an HTTP status and a reason; a browser does
   *     not come back by itself then
   */
  protected abstract Room accept(Handshake request);

  /** The options in code; init-params come after and win. */
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
    streams = Deployment.open(getServletContext(), config);
  }

  /** Ends every stream, see {@link EventStreamConfig#drainTimeout}. */
  @Override
  public void destroy() {
    if (streams != null) {
      Deployment.drain(getServletContext(), streams);
    }
  }

  /** How many clients there are. */
  protected final int size() {
    return streams == null ? 0 : streams.size();
  }

  @Override
  protected final void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      stream(request, response);
    } catch (HandshakeRefusedException e) {
      WebSocketServlet.refuse(response, e);
    }
  }

  private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
    EventStreams target = streams;
    if (target == null || target.isDraining()) {
      throw new HandshakeRefusedException(503, "The server shuts down", Map.of("Retry-After", "5"));
    }
    Room room = accept(HandshakeSnapshot.of(request, List.of()).build());
    String lastEventId = request.getHeader("Last-Event-ID");
    if (lastEventId == null) {
      lastEventId = request.getParameter("lastEventId");
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // nginx holds back what is small
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    ServletEventOutput output = new ServletEventOutput(async, response.getOutputStream());
    output.listen(target.open(room, lastEventId, output));
  }
}
