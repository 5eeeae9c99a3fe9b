package io.github.upgradehandler.servlet;

import io.github.upgradehandler.testing.Tls;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** An embedded Tomcat with one servlet. */
public final class TomcatServer implements RunningServer {

  private final Tomcat tomcat = new Tomcat();
  private final Supplier<Integer> openConnections;
  private final Connector connector;
  private final Path directory = Files.createTempDirectory("tomcat");
  private final Context context;

  /** Its ways to a socket. */
  public enum Kind {
    NIO,
    NIO2,
    NIO_TLS,
    NIO2_TLS;

    private boolean isSecure() {
      return this == NIO_TLS || this == NIO2_TLS;
    }
  }

  private static final class Nio extends Http11NioProtocol {
    int openConnections() {
      return getEndpoint().getConnections().size();
    }
  }

  private static final class Nio2 extends Http11Nio2Protocol {
    int openConnections() {
      return getEndpoint().getConnections().size();
    }
  }

  public TomcatServer(HttpServlet servlet, String path, Map<String, String> initParams)
      throws Exception {
    this(servlet, path, initParams, Kind.NIO, context -> {});
  }

  public TomcatServer(HttpServlet servlet, String path, Map<String, String> initParams, Kind kind)
      throws Exception {
    this(servlet, path, initParams, kind, context -> {});
  }

  /** Starts a server whose context has more than the servlet. */
  TomcatServer(
      HttpServlet servlet, String path, Map<String, String> initParams, Consumer<Context> more)
      throws Exception {
    this(servlet, path, initParams, Kind.NIO, more);
  }

  /** Starts a server of another kind whose context has more than the servlet. */
  TomcatServer(
      HttpServlet servlet,
      String path,
      Map<String, String> initParams,
      Kind kind,
      Consumer<Context> more)
      throws Exception {
    if (kind == Kind.NIO || kind == Kind.NIO_TLS) {
      Nio protocol = new Nio();
      openConnections = protocol::openConnections;
      connector = new Connector(protocol);
    } else {
      Nio2 protocol = new Nio2();
      openConnections = protocol::openConnections;
      connector = new Connector(protocol);
    }
    if (kind.isSecure()) {
      secure(connector);
    }
    tomcat.setBaseDir(directory.toString());
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    connector.setProperty("maxThreads", String.valueOf(THREADS));
    connector.setProperty("acceptCount", "1000");
    connector.setProperty("maxConnections", "20000");
    tomcat.setConnector(connector);
    context = context(tomcat);
    Wrapper wrapper = Tomcat.addServlet(context, "test", servlet);
    wrapper.setLoadOnStartup(1);
    wrapper.setAsyncSupported(true);
    initParams.forEach(wrapper::addInitParameter);
    wrapper.addMapping(path);
    more.accept(context);
    tomcat.start();
  }

  /** A context without files. */
  static Context context(Tomcat tomcat) {
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    // It waits for what is asynchronous, such as event streams, before it tells a servlet.
    context.setUnloadDelay(100); // of 0 it makes a wait without end
    // Each looks for leaks inside the JDK, and warns where this is not opened to it.
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    return context;
  }

  private static void secure(Connector connector) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(Tls.keyStore());
    certificate.setCertificateKeystorePassword(Tls.PASSWORD);
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public int openConnections() {
    return openConnections.get();
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
