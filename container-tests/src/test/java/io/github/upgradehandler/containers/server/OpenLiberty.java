package io.github.upgradehandler.containers.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.containers.Keystore;
import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Open Liberty from its zip: WARs are copied to and deleted from {@code dropins}. */
public final class OpenLiberty implements Server {

  private final String coordinates;

  public OpenLiberty(String version) {
    coordinates = "io.openliberty:openliberty-runtime:zip:" + version;
  }

  @Override
  public Process start(Place place) throws IOException {
    Path home = Artifacts.unpacked(coordinates);
    place.copyWars(server(place).resolve("dropins"));
    Files.writeString(
        server(place).resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>transportSecurity-1.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" httpPort="%d" httpsPort="%d"/>
          <keyStore id="defaultKeyStore" location="%s" type="PKCS12" password="%s"/>
        </server>
        """
            .formatted(place.port(), place.securePort(), Keystore.FILE, Keystore.PASSWORD),
        UTF_8);
    ProcessBuilder script =
        place.builder(
            List.of("bash", home.resolve("bin/server").toString(), "run", "defaultServer"));
    script.environment().put("WLP_USER_DIR", user(place).toString());
    return script.start();
  }

  private static Path user(Place place) {
    return place.directory().resolve("usr");
  }

  private static Path server(Place place) {
    return user(place).resolve("servers/defaultServer");
  }

  @Override
  public void deploy(Place place, Process process, War war) throws IOException {
    place.moveWar(war, server(place).resolve("dropins"));
  }

  @Override
  public void undeploy(Place place, Process process, War war) throws IOException {
    Files.delete(server(place).resolve("dropins").resolve(war.fileName()));
  }
}
