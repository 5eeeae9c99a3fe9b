package io.github.upgradehandler.servlet;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;

/** An embedded Tomcat with one servlet. */
public final class TomcatServer implements RunningServer {

  private final Tomcat tomcat = new Tomcat();
  private final Protocol protocol = new Protocol();
  private final Connector connector = new Connector(protocol);
  private final Path directory = Files.createTempDirectory("tomcat");
  private final Context context;

  private static final class Protocol extends Http11NioProtocol {
    int openConnections() {
      return getEndpoint().getConnections().size();
    }
  }

  public TomcatServer(HttpServlet servlet, String path, Map<String, String> initParams)
      throws Exception {
    this(servlet, path, initParams, context -> {});
  }

  /** Starts a server whose context has more than the servlet. */
  TomcatServer(
      HttpServlet servlet, String path, Map<String, String> initParams, Consumer<Context> more)
      throws Exception {
    tomcat.setBaseDir(directory.toString());
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    connector.setProperty("acceptCount", "1000");
    connector.setProperty("maxConnections", "20000");
    tomcat.setConnector(connector);
    context = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(context, "test", servlet);
    wrapper.setLoadOnStartup(1);
    wrapper.setAsyncSupported(true);
    initParams.forEach(wrapper::addInitParameter);
    wrapper.addMapping(path);
    more.accept(context);
    tomcat.start();
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public int openConnections() {
    return protocol.openConnections();
  }

  @Override
  public void undeploy() throws Exception {
    context.stop();
  }

  @Override
  public void close() throws Exception {
    tomcat.stop();
    tomcat.destroy();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(TomcatServer::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
