package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.jetty.UpgradeInputHandler;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty with one WebSocket servlet at {@code /socket}. */
public final class ServletServer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** Starts a server whose servlet does what the function says. */
  public ServletServer(
      Function<Handshake, WebSocketHandler> acceptor, Map<String, String> initParams)
      throws Exception {
    this(
        new WebSocketServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected WebSocketHandler accept(Handshake handshake) {
            return acceptor.apply(handshake);
          }
        },
        initParams);
  }

  ServletServer(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder("socket", servlet);
    holder.setInitParameters(initParams);
    holder.setInitOrder(1);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/socket");
    server.setHandler(new UpgradeInputHandler(context));
    server.start();
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
