package io.github.upgradehandler.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How the embedded containers are started, each in a JVM with nothing else on its class path. */
final class Launchers {

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Path SOURCES = Path.of("src", "launchers").toAbsolutePath();

  private Launchers() {}

  static Process jetty(Place place) throws IOException {
    return place.run(
        List.of(
            JAVA,
            "-jar",
            Place.fetched("embedded-runner.jar").toString(),
            "--port",
            Integer.toString(place.port()),
            "--context",
            Place.CONTEXT,
            "--war",
            Place.war().toString()));
  }

  static Container.Launcher tomcat(String name) {
    return place -> main(place, name, "TomcatMain.java");
  }

  static Process undertow(Place place) throws IOException {
    return main(place, "undertow-embedded", "UndertowMain.java");
  }

  /** The JVM compiles the one source file itself, so that it fits the container's version. */
  private static Process main(Place place, String name, String source) throws IOException {
    return place.run(
        List.of(
            JAVA,
            "-Djava.util.logging.config.file=" + SOURCES.resolve("logging.properties"),
            "-cp",
            Place.fetched(name).resolve("*").toString(),
            SOURCES.resolve(source).toString(),
            Integer.toString(place.port()),
            Place.CONTEXT,
            Place.war().toString(),
            place.directory().toString()));
  }
}
