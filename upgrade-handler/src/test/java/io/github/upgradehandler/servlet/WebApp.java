package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.xnio.management.XnioServerMXBean;

/** A web application of several servlets and filters, to be started on each container. */
public final class WebApp {

  /** The containers. */
  public enum On {
    JETTY,
    TOMCAT,
    UNDERTOW,
    /** With the option {@code undertowChannels}, where it is a WebSocket servlet's. */
    UNDERTOW_CHANNELS;

    /** The one of this name, or of that which it begins with. */
    public static On named(String name) {
      if (name.equals(UNDERTOW_CHANNELS.name())) {
        return UNDERTOW_CHANNELS;
      }
      return valueOf(name.replaceAll("_.*", ""));
    }

    public RunningServer start(WebApp app) throws Exception {
      return switch (this) {
        case JETTY -> new OnJetty(app);
        case TOMCAT -> new OnTomcat(app);
        case UNDERTOW -> new OnUndertow(app, false);
        case UNDERTOW_CHANNELS -> new OnUndertow(app, true);
      };
    }
  }

  private record Mapped(
      String name, String path, HttpServlet servlet, Map<String, String> initParams, boolean lazy) {

    Map<String, String> options(boolean channels) {
      Map<String, String> options = new HashMap<>(initParams);
      if (channels && servlet instanceof WebSocketServlet) {
        options.put("undertowChannels", "true");
      }
      return options;
    }
  }

  private final List<Mapped> servlets = new ArrayList<>();
  private final List<Filter> filters = new ArrayList<>();

  public WebApp servlet(String path, HttpServlet servlet, Map<String, String> initParams) {
    servlets.add(new Mapped("servlet" + servlets.size(), path, servlet, initParams, false));
    return this;
  }

  /** One that is initialized with its first request. */
  public WebApp lazyServlet(String path, HttpServlet servlet, Map<String, String> initParams) {
    servlets.add(new Mapped("servlet" + servlets.size(), path, servlet, initParams, true));
    return this;
  }

  /** A WebSocket servlet whose {@code accept} is given. */
  public WebApp webSocket(
      String path, Function<Handshake, WebSocketHandler> acceptor, Map<String, String> initParams) {
    return servlet(path, new WebSocketServlet(acceptor), initParams);
  }

  /** A filter for every request, after those before. */
  public WebApp filter(Filter filter) {
    filters.add(filter);
    return this;
  }

  private static final class OnJetty implements RunningServer {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context =
        new ServletContextHandler("/", ServletContextHandler.SESSIONS);

    OnJetty(WebApp app) throws Exception {
      connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
      server.addConnector(connector);
      for (Mapped mapped : app.servlets) {
        ServletHolder holder = new ServletHolder(mapped.name, mapped.servlet);
        holder.setInitParameters(mapped.initParams);
        holder.setInitOrder(mapped.lazy ? -1 : 1);
        holder.setAsyncSupported(true);
        context.addServlet(holder, mapped.path);
      }
      for (Filter filter : app.filters) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
      }
      server.setHandler(new UpgradeInputHandler(context));
      server.start();
    }

    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public int openConnections() {
      return connector.getConnectedEndPoints().size();
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

  private static final class OnTomcat implements RunningServer {

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

    OnTomcat(WebApp app) throws Exception {
      tomcat.setBaseDir(directory.toString());
      connector.setPort(0);
      connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
      connector.addUpgradeProtocol(new Http2Protocol());
      tomcat.setConnector(connector);
      context = TomcatServer.context(tomcat);
      for (Filter filter : app.filters) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter" + System.identityHashCode(filter));
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(definition.getFilterName());
        map.addURLPattern("/*");
        context.addFilterMap(map);
      }
      for (Mapped mapped : app.servlets) {
        Wrapper wrapper = Tomcat.addServlet(context, mapped.name, mapped.servlet);
        wrapper.setLoadOnStartup(mapped.lazy ? -1 : 1);
        wrapper.setAsyncSupported(true);
        mapped.initParams.forEach(wrapper::addInitParameter);
        wrapper.addMapping(mapped.path);
      }
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
        files.sorted(Comparator.reverseOrder()).forEach(OnTomcat::delete);
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

  private static final class OnUndertow implements RunningServer {

    private final PathHandler paths = new PathHandler();
    private final DeploymentManager deployment;
    private final Undertow server;

    OnUndertow(WebApp app, boolean channels) throws Exception {
      DeploymentInfo info =
          Servlets.deployment()
              .setDeploymentName("test")
              .setContextPath("/")
              // Undertow's own security looks at cookies before any web application does.
              .setSecurityDisabled(true)
              .setClassLoader(WebApp.class.getClassLoader());
      for (Mapped mapped : app.servlets) {
        var servlet =
            Servlets.servlet(
                    mapped.name,
                    HttpServlet.class,
                    new ImmediateInstanceFactory<HttpServlet>(mapped.servlet))
                .addMapping(mapped.path)
                .setAsyncSupported(true)
                .setLoadOnStartup(mapped.lazy ? -1 : 1);
        mapped.options(channels).forEach(servlet::addInitParam);
        info.addServlet(servlet);
      }
      for (Filter filter : app.filters) {
        String name = "filter" + System.identityHashCode(filter);
        info.addFilter(
                Servlets.filter(name, Filter.class, new ImmediateInstanceFactory<Filter>(filter))
                    .setAsyncSupported(true))
            .addFilterUrlMapping(name, "/*", DispatcherType.REQUEST);
      }
      deployment = Servlets.newContainer().addDeployment(info);
      deployment.deploy();
      server =
          Undertow.builder()
              .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
              .setServerOption(io.undertow.UndertowOptions.ENABLE_HTTP2, true)
              .setIoThreads(2)
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
      if (deployment.getState() == DeploymentManager.State.STARTED) {
        deployment.stop();
        paths.removePrefixPath("/");
        deployment.undeploy();
      }
    }

    @Override
    public void close() throws Exception {
      undeploy();
      server.stop();
    }
  }
}
