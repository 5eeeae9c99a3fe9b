package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.testing.Tls;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An embedded Jetty with one WebSocket servlet at {@code /socket}. */
public final class ServletServer implements RunningServer {

  private final QueuedThreadPool threads = new QueuedThreadPool(THREADS);
  private final Server server = new Server(threads);
  private final ServerConnector connector;
  private final ServletContextHandler context =
      new ServletContextHandler("/", ServletContextHandler.SESSIONS);

  /** Starts a server whose servlet does what the function says. */
  public ServletServer(
      Function<Handshake, WebSocketHandler> acceptor, Map<String, String> initParams)
      throws Exception {
    this(new WebSocketServlet(acceptor), initParams);
  }

  public ServletServer(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
    this(servlet, initParams, context -> {});
  }

  public ServletServer(HttpServlet servlet, String path, Map<String, String> initParams)
      throws Exception {
    this(servlet, path, initParams, context -> {});
  }

  /** Starts a server that is reached with TLS. */
  public static ServletServer secure(
      HttpServlet servlet, String path, Map<String, String> initParams) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(Tls.keyStore());
    tls.setKeyStorePassword(Tls.PASSWORD);
    tls.setSniRequired(false);
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ServletServer(
        servlet,
        path,
        initParams,
        context -> {},
        server -> new ServerConnector(server, tls, new HttpConnectionFactory(http)));
  }

  /** Starts a server whose context has more than the servlet. */
  ServletServer(
      WebSocketServlet servlet,
      Map<String, String> initParams,
      Consumer<ServletContextHandler> more)
      throws Exception {
    this(servlet, "/socket", initParams, more);
  }

  ServletServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<ServletContextHandler> more)
      throws Exception {
    this(servlet, path, initParams, more, ServerConnector::new);
  }

  private ServletServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<ServletContextHandler> more,
      Function<Server, ServerConnector> connecting)
      throws Exception {
    connector = connecting.apply(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setAcceptQueueSize(1000);
    server.addConnector(connector);
    ServletHolder holder = new ServletHolder("socket", servlet);
    holder.setInitParameters(initParams);
    holder.setInitOrder(1);
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
    more.accept(context);
    server.setHandler(new UpgradeInputHandler(context));
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  /** TCP connections that the server has. */
  @Override
  public int openConnections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Threads that do something at the moment. */
  int busyThreads() {
    return threads.getUtilizedThreads();
  }

  /** Takes the web application out of service; the server stays. */
  @Override
  public void undeploy() throws Exception {
    context.stop();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
