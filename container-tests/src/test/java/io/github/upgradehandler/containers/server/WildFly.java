package io.github.upgradehandler.containers.server;

import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** WildFly from its zip: WARs are copied to {@code standalone/deployments}. */
public final class WildFly implements Server {

  private final String coordinates;

  public WildFly(String artifact, String version) {
    coordinates = "org.wildfly:" + artifact + ":zip:" + version;
  }

  @Override
  public Process start(Place place) throws IOException {
    Path home = Artifacts.unpacked(coordinates);
    Path base = base(place);
    Artifacts.copy(home.resolve("standalone"), base);
    place.copyWars(base.resolve("deployments"));
    ProcessBuilder script =
        place.builder(
            List.of(
                "bash",
                home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + place.port(),
                "-Djboss.https.port=" + place.securePort(),
                "-Djboss.management.http.port=" + Place.freePort()));
    script.environment().put("JBOSS_HOME", home.toString());
    return script.start();
  }

  private static Path base(Place place) {
    return place.directory().resolve("standalone");
  }

  @Override
  public void deploy(Place place, Process process, War war) throws IOException {
    place.moveWar(war, base(place).resolve("deployments"));
  }

  /** WildFly puts a marker beside each WAR; deleting that undeploys it. */
  @Override
  public void undeploy(Place place, Process process, War war) throws IOException {
    Files.delete(base(place).resolve("deployments").resolve(war.fileName() + ".deployed"));
  }
}
