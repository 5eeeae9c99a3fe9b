package io.github.upgradehandler.containers.server;

import io.github.upgradehandler.containers.Jdk;
import io.github.upgradehandler.containers.Keystore;
import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Jetty from its zip: WARs are copied to and deleted from {@code webapps}. */
public final class JettyHome implements Server {

  private final String coordinates;
  private final String environment;

  public JettyHome(String environment, String version) {
    this.environment = environment;
    coordinates = "org.eclipse.jetty:jetty-home:zip:" + version;
  }

  @Override
  public Process start(Place place) throws IOException, InterruptedException {
    String java = Jdk.own().resolve("bin/java").toString();
    String start = Artifacts.unpacked(coordinates).resolve("start.jar").toString();
    String modules = "--add-modules=http,https," + environment + "-deploy";
    Process adding = place.builder(List.of(java, "-jar", start, modules)).start();
    if (!adding.waitFor(30, TimeUnit.SECONDS) || adding.exitValue() != 0) {
      adding.destroyForcibly();
      throw new IOException("Jetty's modules, see " + place.log());
    }
    place.copyWars(webapps(place));
    return place
        .builder(
            List.of(
                java,
                "-jar",
                start,
                "jetty.http.port=" + place.port(),
                "jetty.ssl.port=" + place.securePort(),
                "jetty.ssl.sniHostCheck=false",
                "jetty.sslContext.keyStorePath=" + Keystore.FILE,
                "jetty.sslContext.keyStorePassword=" + Keystore.PASSWORD,
                // By default it looks only once.
                "jetty.deploy.scanInterval=1"))
        .start();
  }

  private static Path webapps(Place place) {
    return place.directory().resolve("webapps");
  }

  @Override
  public void deploy(Place place, Process process, War war) throws IOException {
    place.moveWar(war, webapps(place));
  }

  @Override
  public void undeploy(Place place, Process process, War war) throws IOException {
    Files.delete(webapps(place).resolve(war.fileName()));
  }
}
