import fish.payara.micro.PayaraMicro;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro's own main method, until SIGTERM. */
final class PayaraMain {

  private PayaraMain() {}

  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    List<String> options = new ArrayList<>();
    options.add("--nocluster");
    options.addAll(List.of("--rootDir", launch.directory().resolve("root").toString()));
    options.addAll(List.of("--port", Integer.toString(launch.port())));
    options.addAll(List.of("--sslPort", Integer.toString(launch.securePort())));
    for (Path war : launch.wars()) {
      options.addAll(List.of("--deploy", war.toString()));
    }
    PayaraMicro.main(options.toArray(String[]::new));
    launch.obey(
        new Launch.Deployer() {
          @Override
          public void deploy(Path war) throws Exception {
            PayaraMicro.getInstance().getRuntime().deploy(war.toFile());
          }

          @Override
          public void undeploy(String context) throws Exception {
            PayaraMicro.getInstance().getRuntime().undeploy(context.substring(1));
          }
        });
  }
}
