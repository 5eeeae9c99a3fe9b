import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Embedded Jetty, until SIGTERM; {@code -Denvironment=} says whether ee10 or ee11. */
final class JettyMain {

  private static final String SERVLETS =
      "org.eclipse.jetty." + System.getProperty("environment") + ".servlet.";

  private JettyMain() {}

  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    Server server = new Server();
    ServerConnector plain = new ServerConnector(server);
    plain.setPort(launch.port());
    server.addConnector(plain);
    server.addConnector(secure(server, launch));
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    server.setHandler(contexts);
    Map<String, ContextHandler> deployments = new ConcurrentHashMap<>();
    for (Path war : launch.wars()) {
      ContextHandler context = context(launch, war);
      contexts.addHandler(context);
      deployments.put(Launch.context(war), context);
    }
    server.setStopAtShutdown(true);
    server.start();
    launch.obey(
        new Launch.Deployer() {
          @Override
          public void deploy(Path war) throws Exception {
            ContextHandler context = context(launch, war);
            context.setServer(server);
            context.start();
            contexts.addHandler(context);
            deployments.put(Launch.context(war), context);
          }

          @Override
          public void undeploy(String path) throws Exception {
            ContextHandler context = deployments.remove(path);
            context.stop();
            contexts.removeHandler(context);
          }
        });
    server.join();
  }

  private static ServerConnector secure(Server server, Launch launch) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(launch.tls());
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    customizer.setSniHostCheck(false);
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(customizer);
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    connector.setPort(launch.securePort());
    return connector;
  }

  private static ContextHandler context(Launch launch, Path file) throws Exception {
    String path = Launch.context(file);
    ExplodedWar war = ExplodedWar.of(file, launch.directory().resolve("exploded" + path));
    ContextHandler context =
        (ContextHandler)
            Class.forName(SERVLETS + "ServletContextHandler").getConstructor().newInstance();
    context.setContextPath(path);
    context.setClassLoader(war.loader());
    context.setBaseResourceAsPath(war.directory());
    Method initialize =
        context
            .getClass()
            .getMethod("addServletContainerInitializer", ServletContainerInitializer.class);
    initialize.invoke(context, new Servlets(war));
    for (ServletContainerInitializer initializer : war.initializers()) {
      initialize.invoke(context, initializer);
    }
    // The library's own, from the WAR, as its jetty-ee10-web.xml does it.
    context.insertHandler(
        (Handler.Singleton)
            war.loader()
                .loadClass("io.github.upgradehandler.jetty.UpgradeInputHandler")
                .getConstructor()
                .newInstance());
    return context;
  }

  /** Those of web.xml with its filters, and one for the pages. */
  private record Servlets(ExplodedWar war) implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
      for (ExplodedWar.Component servlet : war.servlets()) {
        ServletRegistration.Dynamic registration =
            context.addServlet(servlet.name(), servlet.className());
        registration.setInitParameters(servlet.parameters());
        registration.setAsyncSupported(servlet.asyncSupported());
        registration.addMapping(servlet.mappings().toArray(String[]::new));
      }
      for (ExplodedWar.Component filter : war.filters()) {
        FilterRegistration.Dynamic registration =
            context.addFilter(filter.name(), filter.className());
        registration.setInitParameters(filter.parameters());
        registration.setAsyncSupported(filter.asyncSupported());
        registration.addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST), false, filter.mappings().toArray(String[]::new));
      }
      context.addServlet("default", SERVLETS + "DefaultServlet").addMapping("/");
    }
  }
}
