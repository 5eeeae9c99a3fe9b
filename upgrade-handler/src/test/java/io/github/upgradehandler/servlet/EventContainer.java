package io.github.upgradehandler.servlet;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A container with one event stream servlet at {@code /events}. */
interface EventServer extends AutoCloseable {

  int port();

  /** Takes the web application out of service; the server stays. */
  void undeploy() throws Exception;

  @Override
  void close() throws Exception;

  /** The containers under test. */
  enum Kind {
    JETTY {
      @Override
      EventServer start(EventStreamServlet servlet, Map<String, String> options) throws Exception {
        return new OnJetty(servlet, options);
      }
    },
    TOMCAT {
      @Override
      EventServer start(EventStreamServlet servlet, Map<String, String> options) throws Exception {
        return new OnTomcat(servlet, options);
      }
    };

    abstract EventServer start(EventStreamServlet servlet, Map<String, String> options)
        throws Exception;
  }

  /** Jetty. */
  final class OnJetty implements EventServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context = new ServletContextHandler("/");

    OnJetty(EventStreamServlet servlet, Map<String, String> options) throws Exception {
      connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
      server.addConnector(connector);
      ServletHolder holder = new ServletHolder("events", servlet);
      holder.setInitParameters(options);
      holder.setInitOrder(1);
      holder.setAsyncSupported(true);
      context.addServlet(holder, "/events");
      server.setHandler(context);
      server.start();
    }

    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public void undeploy() throws Exception {
      context.stop();
    }

    @Override
    public void close() throws Exception {
      server.stop();
    }
  }

  /** Tomcat. */
  final class OnTomcat implements EventServer {
    private final Tomcat tomcat = new Tomcat();
    private final Context context;

    OnTomcat(EventStreamServlet servlet, Map<String, String> options) throws Exception {
      Path base = Files.createDirectories(Path.of("target", "tomcat"));
      tomcat.setBaseDir(base.toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      context = tomcat.addContext("", base.toAbsolutePath().toString());
      Wrapper wrapper = Tomcat.addServlet(context, "events", servlet);
      options.forEach(wrapper::addInitParameter);
      wrapper.setLoadOnStartup(1);
      wrapper.setAsyncSupported(true);
      wrapper.addMapping("/events");
      tomcat.start();
    }

    @Override
    public int port() {
      return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void undeploy() throws Exception {
      context.stop();
    }

    @Override
    public void close() throws Exception {
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
