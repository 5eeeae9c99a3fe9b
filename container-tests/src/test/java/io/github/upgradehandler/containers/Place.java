package io.github.upgradehandler.containers;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * Where one container runs.
 *
 * @param directory empty, for what it writes
 */
record Place(Path directory, int port) {

  static final String CONTEXT = "/sample-webapp";

  private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();

  /** What the build has fetched. */
  static Path fetched(String name) {
    return CONTAINERS.resolve(name);
  }

  static Path war() {
    return fetched("sample-webapp.war");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Path log() {
    return directory.resolve("output.log");
  }

  Process run(List<String> command) throws IOException {
    return builder(command).start();
  }

  /** Writes everything to one log. */
  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    return builder;
  }
}
