package io.github.upgradehandler.runner.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scripts of a directory, with what they need installed beside a copy of them. */
final class NodeProject {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);
  private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(4);

  private final Path directory;

  private NodeProject(Path directory) {
    this.directory = directory;
  }

  /**
   * Installs them.
   *
   * @param source the directory, with a package-lock.json
   * @param name of the copy, in Maven's directory
   */
  static NodeProject install(Path source, String name) throws Exception {
    Path directory = Directories.TARGET.resolve(name);
    copy(source, directory);
    ProcessBuilder install = new ProcessBuilder("npm", "ci").directory(directory.toFile());
    try (ChildProcess installing = ChildProcess.start(install, (npm, line) -> {})) {
      installing.awaitSuccess(INSTALL_LIMIT);
    }
    return new NodeProject(directory);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Runs a script to its end.
   *
   * @param requests what the script may ask for by printing a line of {@code @} and a name
   */
  void run(String script, Map<String, String> environment, Map<String, Request> requests)
      throws InterruptedException {
    ProcessBuilder builder = command("--test-reporter=spec", script);
    builder.environment().putAll(environment);
    try (ChildProcess node =
        ChildProcess.start(builder, (source, line) -> answer(source, line, requests))) {
      node.awaitSuccess(SCRIPT_LIMIT);
    }
  }

  /** Node in the directory. */
  ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  private static void answer(ChildProcess script, String line, Map<String, Request> requests) {
    if (line.startsWith("@")) {
      try {
        requests.get(line.substring(1)).perform();
      } catch (Exception e) {
        throw new AssertionError(line, e);
      }
      script.write("done");
    }
  }

  /** Something that only the test can do for a script. */
  interface Request {
    void perform() throws Exception;
  }
}
