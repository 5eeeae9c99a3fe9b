package io.github.upgradehandler.containers;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where one container runs.
 *
 * @param directory for what it writes
 * @param port for HTTP
 * @param securePort for HTTPS
 * @param environment variables that its processes get
 */
public record Place(Path directory, int port, int securePort, Map<String, String> environment) {

  /** With an empty directory and ports that nobody uses. */
  static Place of(String name, Map<String, String> environment) throws IOException {
    Path directory = Path.of("target", "running", name).toAbsolutePath();
    delete(directory);
    Files.createDirectories(directory);
    return new Place(directory, freePort(), freePort(), environment);
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.walk(directory)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public Path log() {
    return directory.resolve("output.log");
  }

  /** A process in the directory that writes everything to the log. */
  public ProcessBuilder builder(Path java, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    return builder;
  }

  /** One with the JDK of the tests. */
  public ProcessBuilder builder(List<String> command) {
    return builder(Jdk.own(), command);
  }

  public void copyWars(Path to) throws IOException {
    Files.createDirectories(to);
    for (War war : War.served()) {
      Files.copy(war.file(), to.resolve(war.fileName()));
    }
  }

  /** Whole at once, since the container looks there. */
  public void moveWar(War war, Path to) throws IOException {
    Path copy = Files.copy(war.file(), directory.resolve(war.fileName()));
    Files.move(copy, to.resolve(war.fileName()), StandardCopyOption.ATOMIC_MOVE);
  }
}
