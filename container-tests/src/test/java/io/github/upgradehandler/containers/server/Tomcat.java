package io.github.upgradehandler.containers.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.containers.Keystore;
import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tomcat from its zip: WARs are copied to and deleted from {@code webapps}. */
public final class Tomcat implements Server {

  private final String coordinates;

  public Tomcat(String version) {
    coordinates = "org.apache.tomcat:tomcat:zip:" + version;
  }

  @Override
  public Process start(Place place) throws IOException {
    Path home = Artifacts.unpacked(coordinates);
    Path base = place.directory();
    Artifacts.copy(home.resolve("conf"), base.resolve("conf"));
    for (String directory : List.of("logs", "temp", "work")) {
      Files.createDirectories(base.resolve(directory));
    }
    Path server = base.resolve("conf/server.xml");
    String secure =
        """
        <Connector port="%d" protocol="HTTP/1.1" SSLEnabled="true" scheme="https" secure="true">
          <SSLHostConfig>
            <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s"/>
          </SSLHostConfig>
        </Connector>
        """
            .formatted(place.securePort(), Keystore.FILE, Keystore.PASSWORD);
    Files.writeString(
        server,
        Files.readString(server, UTF_8)
            .replaceFirst("port=\"8005\"", "port=\"-1\"")
            .replaceFirst("port=\"8080\"", "port=\"" + place.port() + "\"")
            .replaceAll("<Engine (?=name)", "<Engine backgroundProcessorDelay=\"1\" ")
            .replaceFirst("(?=</Service>)", secure),
        UTF_8);
    place.copyWars(base.resolve("webapps"));
    ProcessBuilder script =
        place.builder(List.of("bash", home.resolve("bin/catalina.sh").toString(), "run"));
    script.environment().put("CATALINA_HOME", home.toString());
    script.environment().put("CATALINA_BASE", base.toString());
    return script.start();
  }

  @Override
  public void deploy(Place place, Process process, War war) throws IOException {
    place.moveWar(war, place.directory().resolve("webapps"));
  }

  @Override
  public void undeploy(Place place, Process process, War war) throws IOException {
    Files.delete(place.directory().resolve("webapps").resolve(war.fileName()));
  }
}
