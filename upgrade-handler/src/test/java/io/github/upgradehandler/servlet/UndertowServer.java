package io.github.upgradehandler.servlet;

import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;
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
    this(
        servlet,
        path,
        initParams,
        builder -> builder.setIoThreads(2).setSocketOption(Options.SEND_BUFFER, SEND_BUFFER));
  }

  /** Starts a server with other settings: Undertow's own but for what is set. */
  public UndertowServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Consumer<Undertow.Builder> settings)
      throws ServletException {
    var info =
        Servlets.servlet("test", HttpServlet.class, new ImmediateInstanceFactory<>(servlet))
            .addMapping(path)
            .setAsyncSupported(true)
            .setLoadOnStartup(1);
    initParams.forEach(info::addInitParam);
    deployment =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setDeploymentName("test")
                    .setContextPath("/")
                    .setClassLoader(UndertowServer.class.getClassLoader())
                    .addServlet(info));
    deployment.deploy();
    Undertow.Builder builder =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setByteBufferPool(pool)
            .setHandler(paths.addPrefixPath("/", deployment.start()));
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
