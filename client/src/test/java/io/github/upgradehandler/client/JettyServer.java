package io.github.upgradehandler.client;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.net.InetAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty with one servlet. */
final class JettyServer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /**
   * Starts it.
   *
   * @param port 0 for any
   */
  JettyServer(int port, WebSocketServlet servlet) throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setReuseAddress(true);
    connector.setAcceptQueueSize(2000);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder("socket", servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/socket");
    server.setHandler(new UpgradeInputHandler(context));
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  String uri() {
    return "ws://127.0.0.1:" + port() + "/socket";
  }

  /** TCP connections that the server has. */
  int openConnections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Ends every connection without a word, and the server. */
  void kill() throws Exception {
    connector.getConnectedEndPoints().forEach(endPoint -> endPoint.close());
    server.stop();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
