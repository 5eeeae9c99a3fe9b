package io.github.upgradehandler.containers.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GlassFish from its zip: WARs are copied to and deleted from a domain's {@code autodeploy}. */
public final class GlassFish implements Server {

  private static final List<Integer> OTHER_PORTS =
      List.of(4848, 7676, 3700, 3820, 3920, 8686, 6666, 9009);

  private final String coordinates;
  private final JavaHome java;

  /** The JDK it needs. */
  public interface JavaHome {
    Path find() throws IOException;
  }

  public GlassFish(String version, JavaHome java) {
    coordinates = "org.glassfish.main.distributions:glassfish:zip:" + version;
    this.java = java;
  }

  @Override
  public Process start(Place place) throws IOException {
    Artifacts.copy(home().resolve("domains/domain1"), domain(place));
    Path configuration = domain(place).resolve("config/domain.xml");
    String configured =
        Files.readString(configuration, UTF_8)
            .replace("\"8080\"", "\"" + place.port() + "\"")
            .replace("\"8181\"", "\"" + place.securePort() + "\"");
    for (int port : OTHER_PORTS) {
      configured = configured.replace("\"" + port + "\"", "\"" + Place.freePort() + "\"");
    }
    Files.writeString(configuration, configured, UTF_8);
    place.copyWars(autodeploy(place));
    return asadmin(place, "start-domain", "--verbose");
  }

  private Process asadmin(Place place, String command, String... options) throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("bash", home().resolve("bin/asadmin").toString(), command));
    line.addAll(List.of(options));
    line.addAll(List.of("--domaindir", domain(place).getParent().toString(), "domain1"));
    ProcessBuilder builder = place.builder(java.find(), line);
    builder.environment().put("AS_JAVA", java.find().toString());
    return builder.start();
  }

  private Path home() throws IOException {
    return Artifacts.unpacked(coordinates).resolve("glassfish");
  }

  private static Path domain(Place place) {
    return place.directory().resolve("domains/domain1");
  }

  private static Path autodeploy(Place place) {
    return domain(place).resolve("autodeploy");
  }

  @Override
  public void deploy(Place place, Process process, War war) throws IOException {
    place.moveWar(war, autodeploy(place));
  }

  @Override
  public void undeploy(Place place, Process process, War war) throws IOException {
    Files.delete(autodeploy(place).resolve(war.fileName()));
  }

  @Override
  public void stop(Place place, Process process) throws IOException {
    asadmin(place, "stop-domain");
  }
}
