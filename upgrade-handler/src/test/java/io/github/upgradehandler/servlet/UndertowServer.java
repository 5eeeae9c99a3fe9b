package io.github.upgradehandler.servlet;

import io.github.upgradehandler.testing.Tls;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.management.XnioServerMXBean;

/** An embedded Undertow with one servlet. */
public final class UndertowServer implements RunningServer {

  /** So little that writing is blocked again and again. */
  private static final int SEND_BUFFER = 16 << 10;

  private final PathHandler paths = new PathHandler(); // answers 404 where there is none
  private final WatchedBufferPool pool = new WatchedBufferPool();
  private final DeploymentManager deployment;
  private final Undertow server;

  public UndertowServer(HttpServlet servlet, String path, Map<String, String> initParams)
      throws ServletException {
    this(servlet, path, initParams, UndertowServer::blockOften);
  }

  private static void blockOften(Undertow.Builder builder) {
    builder.setIoThreads(2).setSocketOption(Options.SEND_BUFFER, SEND_BUFFER);
  }

  /** Starts a server with other settings: Undertow's own but for what is set. */
  public UndertowServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<Undertow.Builder> settings)
      throws ServletException {
    this(servlet, path, initParams, settings, UndertowServer::listen, info -> {});
  }

  /** Starts a server that is reached with TLS. */
  public static UndertowServer secure(
      HttpServlet servlet, String path, Map<String, String> initParams)
      throws ServletException, GeneralSecurityException {
    return secure(servlet, path, initParams, UndertowServer::blockOften);
  }

  /** Starts a server that is reached with TLS, with other settings. */
  public static UndertowServer secure(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<Undertow.Builder> settings)
      throws ServletException, GeneralSecurityException {
    SSLContext context = Tls.context();
    return new UndertowServer(
        servlet,
        path,
        initParams,
        settings,
        builder ->
            builder.addHttpsListener(0, InetAddress.getLoopbackAddress().getHostAddress(), context),
        info -> {});
  }

  private static void listen(Undertow.Builder builder) {
    builder.addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress());
  }

  /** A server whose deployment has more than the servlet. */
  static UndertowServer deploying(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<DeploymentInfo> more)
      throws ServletException {
    return new UndertowServer(
        servlet, path, initParams, UndertowServer::blockOften, UndertowServer::listen, more);
  }

  private UndertowServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<Undertow.Builder> settings,
      Consumer<Undertow.Builder> listener,
      Consumer<DeploymentInfo> more)
      throws ServletException {
    var info =
        Servlets.servlet("test", HttpServlet.class, new ImmediateInstanceFactory<>(servlet))
            .addMapping(path)
            .setAsyncSupported(true)
            .setLoadOnStartup(1);
    initParams.forEach(info::addInitParam);
    DeploymentInfo application =
        Servlets.deployment()
            .setDeploymentName("test")
            .setContextPath("/")
            .setClassLoader(UndertowServer.class.getClassLoader())
            .addServlet(info);
    more.accept(application);
    deployment = Servlets.newContainer().addDeployment(application);
    deployment.deploy();
    Undertow.Builder builder =
        Undertow.builder()
            .setByteBufferPool(pool)
            .setHandler(paths.addPrefixPath("/", deployment.start()));
    listener.accept(builder);
    settings.accept(builder);
    server = builder.build();
    server.start();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  WatchedBufferPool pool() {
    return pool;
  }

  @Override
  public int openConnections() {
    return server.getWorker().getMXBean().getServerMXBeans().stream()
        .mapToInt(XnioServerMXBean::getConnectionCount)
        .sum();
  }

  @Override
  public void undeploy() throws ServletException {
    if (deployment.getState() == DeploymentManager.State.STARTED) {
      deployment.stop();
      paths.removePrefixPath("/");
      deployment.undeploy();
    }
  }

  @Override
  public void close() throws ServletException {
    undeploy();
    server.stop();
  }
}
