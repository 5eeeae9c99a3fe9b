package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.ServletServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.Map;

/** An embedded Jetty. */
final class JettyServer implements RunningServer {

  private final ServletServer server;

  JettyServer(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
    server = new ServletServer(servlet, initParams);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public int openConnections() {
    return server.openConnections();
  }

  @Override
  public void undeploy() throws Exception {
    server.undeploy();
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
