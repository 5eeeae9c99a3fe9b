package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How stand-alone containers are started: the WAR is copied in, and their own script run. */
final class Distributions {

  private static final String WAR = "sample-webapp.war";

  private Distributions() {}

  /** Also TomEE. */
  static Container.Launcher tomcat(String name) {
    return place -> {
      Path home = unpacked(name);
      Path base = place.directory();
      copy(home.resolve("conf"), base.resolve("conf"));
      for (String directory : List.of("logs", "temp", "webapps", "work")) {
        Files.createDirectories(base.resolve(directory));
      }
      Path server = base.resolve("conf/server.xml");
      String configured =
          Files.readString(server, UTF_8)
              .replaceFirst("port=\"8005\"", "port=\"-1\"")
              .replaceFirst("port=\"8080\"", "port=\"" + place.port() + "\"");
      Files.writeString(server, configured, UTF_8);
      Files.copy(Place.war(), base.resolve("webapps").resolve(WAR));
      ProcessBuilder script =
          place.builder(List.of("bash", home.resolve("bin/catalina.sh").toString(), "run"));
      script.environment().put("CATALINA_HOME", home.toString());
      script.environment().put("CATALINA_BASE", base.toString());
      return start(script);
    };
  }

  static Container.Launcher wildfly(String name) {
    return place -> {
      Path home = unpacked(name);
      Path base = place.directory().resolve("standalone");
      copy(home.resolve("standalone"), base);
      Files.copy(Place.war(), base.resolve("deployments").resolve(WAR));
      ProcessBuilder script =
          place.builder(
              List.of(
                  "bash",
                  home.resolve("bin/standalone.sh").toString(),
                  "-Djboss.server.base.dir=" + base,
                  "-Djboss.http.port=" + place.port(),
                  "-Djboss.https.port=" + Place.freePort(),
                  "-Djboss.management.http.port=" + Place.freePort()));
      script.environment().put("JBOSS_HOME", home.toString());
      return start(script);
    };
  }

  static Container.Launcher jetty(String environment) {
    return place -> {
      String start = unpacked("jetty").resolve("start.jar").toString();
      String modules = "--add-modules=http," + environment + "-deploy";
      Process adding = place.run(List.of(Launchers.JAVA, "-jar", start, modules));
      if (!adding.waitFor(30, TimeUnit.SECONDS) || adding.exitValue() != 0) {
        adding.destroyForcibly();
        throw new IOException("Jetty's modules, see " + place.log());
      }
      Files.copy(Place.war(), place.directory().resolve("webapps").resolve(WAR));
      return place.run(List.of(Launchers.JAVA, "-jar", start, "jetty.http.port=" + place.port()));
    };
  }

  static Process payaraMicro(Place place) throws IOException {
    return place.run(
        List.of(
            Launchers.JAVA,
            "-jar",
            Place.fetched("payara-micro/payara-micro.jar").toString(),
            "--nocluster",
            "--rootDir",
            place.directory().resolve("root").toString(),
            "--port",
            Integer.toString(place.port()),
            "--deploy",
            Place.war().toString()));
  }

  static Process openLiberty(Place place) throws IOException {
    Path home = unpacked("open-liberty");
    Path user = place.directory().resolve("usr");
    Path server = user.resolve("servers/defaultServer");
    Files.createDirectories(server.resolve("dropins"));
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager><feature>servlet-6.0</feature></featureManager>
          <httpEndpoint id="defaultHttpEndpoint" httpPort="%d" httpsPort="-1"/>
        </server>
        """
            .formatted(place.port()),
        UTF_8);
    Files.copy(Place.war(), server.resolve("dropins").resolve(WAR));
    ProcessBuilder script =
        place.builder(
            List.of("bash", home.resolve("bin/server").toString(), "run", "defaultServer"));
    script.environment().put("WLP_USER_DIR", user.toString());
    return start(script);
  }

  /** The one directory that is in the archive. */
  static Path unpacked(String name) throws IOException {
    Path directory = Place.fetched(name);
    if (!Files.isDirectory(directory)) {
      throw new IOException("not fetched by the build: " + directory);
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !entry.endsWith("META-INF"))
          .findFirst()
          .orElseThrow();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Files.copy(entry, to.resolve(from.relativize(entry).toString()));
      }
    }
  }

  static Process start(ProcessBuilder script) throws IOException {
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return script.start();
  }
}
