import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Embedded Undertow, until SIGTERM. */
final class UndertowMain implements Launch.Deployer {

  private final Launch launch;
  private final PathHandler paths = Handlers.path();
  private final Map<String, DeploymentManager> deployments = new ConcurrentHashMap<>();

  private UndertowMain(Launch launch) {
    this.launch = launch;
  }

  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    UndertowMain main = new UndertowMain(launch);
    for (Path war : launch.wars()) {
      main.deploy(war);
    }
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(launch.port(), "127.0.0.1")
            .addHttpsListener(launch.securePort(), "127.0.0.1", launch.tls())
            .setHandler(main.paths)
            .build();
    undertow.start();
    launch.obey(main);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> main.stop(undertow)));
  }

  @Override
  public void deploy(Path war) throws Exception {
    String context = Launch.context(war);
    ExplodedWar exploded = ExplodedWar.of(war, launch.directory().resolve("exploded" + context));
    DeploymentManager manager =
        Servlets.defaultContainer().addDeployment(deployment(context, exploded));
    manager.deploy();
    paths.addPrefixPath(context, manager.start());
    deployments.put(context, manager);
  }

  @Override
  public void undeploy(String context) {
    undeploy(deployments.remove(context));
    paths.removePrefixPath(context);
  }

  private void stop(Undertow undertow) {
    deployments.values().parallelStream().forEach(UndertowMain::undeploy);
    undertow.stop();
  }

  private static void undeploy(DeploymentManager manager) {
    try {
      manager.stop();
      manager.undeploy();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  private static DeploymentInfo deployment(String context, ExplodedWar war) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setDeploymentName(context)
            .setContextPath(context)
            .setClassLoader(war.loader())
            .setResourceManager(new PathResourceManager(war.directory()))
            .addWelcomePage("index.html");
    for (ServletContainerInitializer initializer : war.initializers()) {
      deployment.addServletContainerInitializer(
          new ServletContainerInitializerInfo(initializer.getClass(), Set.of()));
    }
    for (ExplodedWar.Component servlet : war.servlets()) {
      Class<? extends Servlet> type =
          war.loader().loadClass(servlet.className()).asSubclass(Servlet.class);
      ServletInfo info = Servlets.servlet(servlet.name(), type);
      servlet.parameters().forEach(info::addInitParam);
      info.setAsyncSupported(servlet.asyncSupported());
      info.addMappings(servlet.mappings());
      deployment.addServlet(info);
    }
    for (ExplodedWar.Component filter : war.filters()) {
      Class<? extends Filter> type =
          war.loader().loadClass(filter.className()).asSubclass(Filter.class);
      FilterInfo info = Servlets.filter(filter.name(), type);
      filter.parameters().forEach(info::addInitParam);
      info.setAsyncSupported(filter.asyncSupported());
      deployment.addFilter(info);
      for (String mapping : filter.mappings()) {
        deployment.addFilterUrlMapping(filter.name(), mapping, DispatcherType.REQUEST);
      }
    }
    return deployment;
  }
}
