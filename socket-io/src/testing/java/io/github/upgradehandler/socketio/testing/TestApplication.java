package io.github.upgradehandler.socketio.testing;

import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import jakarta.servlet.http.HttpServlet;
import java.util.function.Consumer;

/** A Socket.IO server that a test sets up, on Jetty. */
public final class TestApplication implements AutoCloseable {

  private final Servlet servlet;
  private final RunningServer server;

  public TestApplication(Consumer<SocketIo> application) throws Exception {
    this(SocketIoConfig.defaults(), application);
  }

  public TestApplication(SocketIoConfig config, Consumer<SocketIo> application) throws Exception {
    this(config, Adapter.Factory.local(), application);
  }

  public TestApplication(
      SocketIoConfig config, Adapter.Factory adapters, Consumer<SocketIo> application)
      throws Exception {
    servlet = new Servlet(config, adapters, application);
    server = TestContainer.JETTY.start(servlet, "/socket.io/*", 0);
  }

  public SocketIo io() {
    return servlet.io;
  }

  /** To be called without HTTP. */
  public HttpServlet servlet() {
    return servlet;
  }

  public TestClient client() {
    return new TestClient(server.port(), "/socket.io/");
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() throws Exception {
    server.close();
  }

  private static final class Servlet extends SocketIoServlet {

    private static final long serialVersionUID = 1L;

    private final transient SocketIoConfig config;
    private final transient Adapter.Factory adapters;
    private final transient Consumer<SocketIo> application;
    private transient SocketIo io;

    Servlet(
        SocketIoConfig config, Adapter.Factory adapters, Consumer<SocketIo> application) {
      this.config = config;
      this.adapters = adapters;
      this.application = application;
    }

    @Override
    protected SocketIoConfig configure() {
      return config;
    }

    @Override
    protected Adapter.Factory adapters() {
      return adapters;
    }

    @Override
    protected void start(SocketIo started) {
      io = started;
      application.accept(started);
    }
  }
}
