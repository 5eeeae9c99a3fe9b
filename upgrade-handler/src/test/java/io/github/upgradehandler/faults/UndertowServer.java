package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.WebSocketServlet;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.xnio.management.XnioServerMXBean;

/** An embedded Undertow. */
final class UndertowServer implements RunningServer {

  private final PathHandler paths = new PathHandler(); // answers 404 where there is none
  private final DeploymentManager deployment;
  private final Undertow server;

  UndertowServer(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
    var info =
        Servlets.servlet("socket", WebSocketServlet.class, new ImmediateInstanceFactory<>(servlet))
            .addMapping("/socket")
            .setAsyncSupported(true)
            .setLoadOnStartup(1);
    initParams.forEach(info::addInitParam);
    deployment =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setDeploymentName("faults")
                    .setContextPath("/")
                    .setClassLoader(UndertowServer.class.getClassLoader())
                    .addServlet(info));
    deployment.deploy();
    server =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setHandler(paths.addPrefixPath("/", deployment.start()))
            .build();
    server.start();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public int openConnections() {
    return server.getWorker().getMXBean().getServerMXBeans().stream()
        .mapToInt(XnioServerMXBean::getConnectionCount)
        .sum();
  }

  @Override
  public void undeploy() throws Exception {
    deployment.stop();
    paths.removePrefixPath("/");
    deployment.undeploy();
  }

  @Override
  public void close() throws Exception {
    if (deployment.getState() != DeploymentManager.State.UNDEPLOYED) {
      undeploy();
    }
    server.stop();
  }
}
