import java.nio.file.Path;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

/** Embedded TomEE, until SIGTERM. */
final class TomeeMain {

  private TomeeMain() {}

  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    Configuration configuration = new Configuration();
    configuration.setHttpPort(launch.port());
    configuration.setStopPort(-1);
    configuration.setDir(launch.directory().resolve("tomee").toString());
    Container container = new Container(configuration);
    // Its own way to configure TLS is for a Tomcat older than the one it contains.
    container.getTomcat().getService().addConnector(TomcatMain.secure(launch));
    for (Path war : launch.wars()) {
      container.deploy(Launch.context(war).substring(1), war.toFile());
    }
    launch.obey(
        new Launch.Deployer() {
          @Override
          public void deploy(Path war) throws Exception {
            container.deploy(Launch.context(war).substring(1), war.toFile());
          }

          @Override
          public void undeploy(String context) throws Exception {
            container.undeploy(context.substring(1));
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launch, container)));
    container.await();
  }

  private static void stop(Launch launch, Container container) {
    try (container) {
      // Otherwise it closes the connectors first.
      for (Path war : launch.wars()) {
        String name = Launch.context(war).substring(1);
        if (container.getInfo(name) != null) {
          container.undeploy(name);
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
