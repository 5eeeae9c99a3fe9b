package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.upgradehandler.socketio.internal.engine.EngineServer;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A servlet that is a Socket.IO server, to be mapped to {@code /socket.io/*} with {@code
 * async-supported}. When it goes out of service its clients are not told to stay away, so that they
 * come back, to another node or after the restart.
 */
public abstract class SocketIoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient @Nullable EngineWork work;
  private transient @Nullable EngineServer engine;
  private transient @Nullable SocketIo server;

  /** For the container. */
  protected SocketIoServlet() {}

  /** Sets up namespaces, middleware and listeners, before the first client. */
  protected abstract void start(SocketIo io);

  /** The options. */
  protected SocketIoConfig configure() {
    return SocketIoConfig.defaults();
  }

  /** What turns Java's values into JSON and back. */
  protected ObjectMapper mapper() {
    return SocketIo.defaultMapper();
  }

  /** What knows the rooms, of one node unless it is overridden. */
  protected Adapter.Factory adapters() {
    return Adapter.Factory.local();
  }

  /** Starts the server. */
  @Override
  public void init() throws ServletException {
    SocketIoConfig config = configure();
    EngineWork threads =
        new EngineWork("socket.io-" + getServletName(), config.webSocket().executor());
    SocketIo io = new SocketIo(config, mapper(), adapters(), threads);
    start(io);
    work = threads;
    server = io;
    engine =
        new EngineServer(
            getServletContext(),
            getServletName(),
            config,
            threads,
            session -> new Client(io, session));
  }

  /** Ends the connections, see {@link io.github.upgradehandler.WebSocketConfig#drainTimeout}. */
  @Override
  public void destroy() {
    if (engine != null) {
      engine.close();
    }
    if (server != null) {
      server.close();
    }
    if (work != null) {
      work.close();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    SocketIo started = Objects.requireNonNull(server, "init was not called");
    if (started.config().serveClient() && ClientFiles.areMeant(request)) {
      ClientFiles.answer(request, response);
    } else {
      Objects.requireNonNull(engine, "init was not called").service(request, response);
    }
  }
}
