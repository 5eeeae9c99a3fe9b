package io.github.upgradehandler.containers.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.upgradehandler.containers.Jdk;
import io.github.upgradehandler.containers.Keystore;
import io.github.upgradehandler.containers.Place;
import io.github.upgradehandler.containers.War;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/**
 * A container in a JVM with nothing else on its class path but a main class of {@code
 * src/launchers}, which is compiled against the very version that runs.
 */
public final class Embedded implements Server {

  private static final Path SOURCES = Path.of("src", "launchers").toAbsolutePath();

  private final String main;
  private final String coordinates;
  private final List<String> exclusions;
  private final List<String> options;

  private Embedded(String main, String coordinates, List<String> exclusions, List<String> options) {
    this.main = main;
    this.coordinates = coordinates;
    this.exclusions = exclusions;
    this.options = options;
  }

  public static Embedded jetty(String environment, String version) {
    return new Embedded(
        "JettyMain",
        "org.eclipse.jetty.%1$s:jetty-%1$s-servlet:%2$s".formatted(environment, version),
        List.of(),
        List.of("-Denvironment=" + environment));
  }

  public static Embedded tomcat(String version) {
    return new Embedded(
        "TomcatMain", "org.apache.tomcat.embed:tomcat-embed-core:" + version, List.of(), List.of());
  }

  public static Embedded undertow(String version) {
    return new Embedded(
        "UndertowMain", "io.undertow:undertow-servlet:" + version, List.of(), List.of());
  }

  /** Without web services: their SAML is not in Maven's central repository. */
  public static Embedded tomee(String version) {
    return new Embedded(
        "TomeeMain",
        "org.apache.tomee:tomee-embedded:" + version,
        List.of(
            "org.apache.tomee:tomee-webservices", "org.apache.tomee:tomee-jaxrs", "org.opensaml:*"),
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED"));
  }

  public static Embedded payaraMicro(String version) {
    return new Embedded(
        "PayaraMain", "fish.payara.extras:payara-micro:" + version, List.of(), List.of());
  }

  @Override
  public Process start(Place place) throws IOException {
    List<Path> jars = Artifacts.classPath(coordinates, exclusions);
    String classPath = jars.stream().map(Path::toString).collect(joining(File.pathSeparator));
    Path classes = Files.createDirectories(place.directory().resolve("classes"));
    compile(classPath, classes);
    Path wars = place.directory().resolve("wars");
    place.copyWars(wars);
    List<String> command = new ArrayList<>();
    command.add(Jdk.own().resolve("bin/java").toString());
    command.add("-Djava.util.logging.config.file=" + SOURCES.resolve("logging.properties"));
    command.addAll(options);
    command.addAll(opened(jars.get(0)));
    command.addAll(List.of("-cp", classes + File.pathSeparator + classPath, main));
    command.addAll(
        List.of(
            Integer.toString(place.port()),
            Integer.toString(place.securePort()),
            Keystore.FILE.toString(),
            Keystore.PASSWORD,
            place.directory().toString()));
    for (War war : War.served()) {
      command.add(wars.resolve(war.fileName()).toString());
    }
    return place.builder(command).start();
  }

  private void compile(String classPath, Path classes) throws IOException {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-implicit:class",
                "-sourcepath",
                SOURCES.toString(),
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                SOURCES.resolve(main + ".java").toString());
    if (status != 0) {
      throw new IOException(main + " does not compile");
    }
  }

  /** What java -jar would open for this jar. */
  private static List<String> opened(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String opens = manifest == null ? null : manifest.getMainAttributes().getValue("Add-Opens");
      return opens == null
          ? List.of()
          : Arrays.stream(opens.split(" ", -1))
              .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
              .toList();
    }
  }

  @Override
  public void deploy(Place place, Process process, War war) {
    tell(process, "deploy " + war.file());
  }

  @Override
  public void undeploy(Place place, Process process, War war) {
    tell(process, "undeploy /" + war.context());
  }

  /** The main class reads its standard input. */
  private static void tell(Process process, String line) {
    new PrintWriter(process.outputWriter(UTF_8), true).println(line);
  }
}
