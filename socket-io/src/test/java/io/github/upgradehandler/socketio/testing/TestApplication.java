package io.github.upgradehandler.socketio.testing;

import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import java.util.function.Consumer;

/** A Socket.IO server that a test sets up, on Jetty. */
public final class TestApplication implements AutoCloseable {

  private final Servlet servlet;
  private final RunningServer server;

  public TestApplication(Consumer<SocketIo> application) throws Exception {
    this(SocketIoConfig.defaults(), application);
  }

  public TestApplication(SocketIoConfig config, Consumer<SocketIo> application) throws Exception {
    servlet = new Servlet(config, application);
    server = TestContainer.JETTY.start(servlet, "/socket.io/*", 0);
  }

  public SocketIo io() {
    return servlet.io;
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
    private final transient Consumer<SocketIo> application;
    private transient SocketIo io;

    Servlet(SocketIoConfig config, Consumer<SocketIo> application) {
      this.config = config;
      this.application = application;
    }

    @Override
    protected SocketIoConfig configure() {
      return config;
    }

    @Override
    protected void start(SocketIo started) {
      io = started;
      application.accept(started);
    }
  }
}
