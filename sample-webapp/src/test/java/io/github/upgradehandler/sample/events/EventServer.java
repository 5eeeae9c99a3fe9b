package io.github.upgradehandler.sample.events;

import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty with one WebSocket servlet. */
public final class EventServer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** A server whose connections all have the same handler. */
  public EventServer(WebSocketHandler handler) throws Exception {
    this(new WebSocketServlet(handshake -> handler));
  }

  /** A server with a servlet for every address. */
  public EventServer(WebSocketServlet servlet) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(holder, "/*");
    server.setHandler(new UpgradeInputHandler(context));
    server.start();
  }

  public URI uri() {
    return URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/");
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
