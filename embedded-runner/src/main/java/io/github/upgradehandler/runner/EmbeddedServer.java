package io.github.upgradehandler.runner;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** Jetty with one WAR, over HTTP/1.1 only: HTTP/2 has no upgrade for servlets. */
final class EmbeddedServer {
  private static final System.Logger LOG = System.getLogger(EmbeddedServer.class.getName());

  private final Server server = new Server();
  private final GracefulHandler gate = new GracefulHandler();
  private final WebAppContext application = new WebAppContext();
  private final ServerConnector connector;
  private final boolean secure;

  private EmbeddedServer(@Nullable Tls tls) {
    secure = tls != null;
    connector = connector(server, tls);
    server.addConnector(connector);
    server.setHandler(gate);
    gate.setHandler(new UpgradeInputHandler(application));
  }

  /**
   * Serves when it returns.
   *
   * @param contextParams are added to those of the WAR
   * @throws StartException if the port is not to be had or the WAR does not start
   */
  static EmbeddedServer start(
      String host,
      int port,
      String contextPath,
      Path war,
      Path unpacked,
      Map<String, String> contextParams,
      @Nullable Tls tls,
      Duration idle)
      throws StartException {
    EmbeddedServer embedded = new EmbeddedServer(tls);
    contextParams.forEach(embedded.application::setInitParameter);
    embedded.bind(host, port, idle);
    embedded.deploy(contextPath, war, unpacked);
    return embedded;
  }

  private static ServerConnector connector(Server server, @Nullable Tls tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (tls == null) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    // The certificate need not name the host by which a tester reaches this machine.
    customizer.setSniHostCheck(false);
    http.addCustomizer(customizer);
    return new ServerConnector(
        server,
        new SslConnectionFactory(tls.contextFactory(), "http/1.1"),
        new HttpConnectionFactory(http));
  }

  /** Before the WAR is unpacked and started, for which a port in use would be in vain. */
  private void bind(String host, int port, Duration idle) throws StartException {
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(idle.toMillis());
    try {
      connector.open();
    } catch (IOException e) {
      throw new StartException("cannot listen on " + host + ":" + port, e);
    }
  }

  private void deploy(String contextPath, Path war, Path unpacked) throws StartException {
    application.setContextPath(contextPath);
    application.setWar(war.toString());
    application.setTempDirectory(unpacked.toFile());
    application.setThrowUnavailableOnStartupException(true);
    Logger jetty = Logger.getLogger("org.eclipse.jetty");
    Level level = jetty.getLevel();
    // Jetty logs a failing start with its trace, and throws it: told once, in one line.
    jetty.setLevel(Level.OFF);
    try {
      server.start();
    } catch (Exception e) {
      stop(Duration.ZERO);
      throw new StartException("cannot start " + war, e);
    } finally {
      jetty.setLevel(level);
    }
  }

  /** Where the WAR is served, ending in a slash. */
  URI uri() {
    return uri(secure ? "https" : "http");
  }

  /** The same with the scheme ws or wss. */
  URI webSocketUri() {
    return uri(secure ? "wss" : "ws");
  }

  private URI uri(String scheme) {
    String host = connector.getHost();
    String path = application.getContextPath();
    return URI.create(
        scheme
            + "://"
            + (host.indexOf(':') < 0 ? host : "[" + host + "]")
            + ":"
            + connector.getLocalPort()
            + (path.endsWith("/") ? path : path + "/"));
  }

  /**
   * New requests get 503 from now on; the servlets are destroyed, by which they close their
   * WebSockets; then, within the limit, what is still open may end.
   */
  void stop(Duration limit) {
    CompletableFuture<Void> ended = gate.shutdown();
    try {
      application.stop();
      ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      // Last, since a closed port would answer nobody.
      server.stop();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "stopping", e);
    }
  }
}
