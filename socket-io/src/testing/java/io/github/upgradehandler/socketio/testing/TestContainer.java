package io.github.upgradehandler.socketio.testing;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The containers that a servlet is tried on. */
public enum TestContainer {
  JETTY {
    @Override
    public RunningServer start(HttpServlet servlet, String mapping, int port) throws Exception {
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost(host(port));
      connector.setPort(port);
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/");
      ServletHolder holder = new ServletHolder("socket.io", servlet);
      holder.setInitOrder(1);
      holder.setAsyncSupported(true);
      context.addServlet(holder, mapping);
      server.setHandler(new UpgradeInputHandler(context));
      server.start();
      return new RunningServer(
          connector.getLocalPort(),
          () -> {
            context.stop(); // as an application is undeployed, before the connections are ended
            server.stop();
          });
    }
  },
  TOMCAT {
    @Override
    public RunningServer start(HttpServlet servlet, String mapping, int port) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
      Connector connector = new Connector();
      connector.setPort(port);
      connector.setProperty("address", host(port));
      tomcat.setConnector(connector);
      StandardContext context = (StandardContext) tomcat.addContext("", null);
      context.setUnloadDelay(100); // it waits for polls
      context.setClearReferencesObjectStreamClassCaches(false);
      context.setClearReferencesRmiTargets(false);
      context.setClearReferencesThreadLocals(false);
      Wrapper wrapper = Tomcat.addServlet(context, "socket.io", servlet);
      wrapper.setLoadOnStartup(1);
      wrapper.setAsyncSupported(true);
      wrapper.addMapping(mapping);
      tomcat.start();
      return new RunningServer(
          connector.getLocalPort(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
          });
    }
  },
  UNDERTOW {
    @Override
    public RunningServer start(HttpServlet servlet, String mapping, int port) throws Exception {
      DeploymentManager deployment =
          Servlets.newContainer()
              .addDeployment(
                  Servlets.deployment()
                      .setDeploymentName("test")
                      .setContextPath("/")
                      .setClassLoader(TestContainer.class.getClassLoader())
                      .addServlet(
                          Servlets.servlet(
                                  "socket.io",
                                  HttpServlet.class,
                                  new ImmediateInstanceFactory<>(servlet))
                              .addMapping(mapping)
                              .setAsyncSupported(true)
                              .setLoadOnStartup(1)));
      deployment.deploy();
      Undertow server =
          Undertow.builder()
              .addHttpListener(port, host(port))
              .setHandler(deployment.start())
              .build();
      server.start();
      return new RunningServer(
          ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort(),
          () -> {
            deployment.stop();
            deployment.undeploy();
            server.stop();
          });
    }
  };

  /**
   * Starts one.
   *
   * @param port 0 for any, on the loopback address alone; else on every address, since suites ask
   *     for localhost, which is IPv6 first
   */
  public abstract RunningServer start(HttpServlet servlet, String mapping, int port)
      throws Exception;

  private static String host(int port) {
    return port == 0 ? InetAddress.getLoopbackAddress().getHostAddress() : "::";
  }
}
