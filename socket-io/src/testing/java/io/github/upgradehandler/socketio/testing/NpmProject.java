package io.github.upgradehandler.socketio.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Scripts with what npm installs for them, in a copy below {@code target}. */
public final class NpmProject {

  private final Path directory;

  private NpmProject(Path directory) {
    this.directory = directory;
  }

  /** Copies the files of a directory, and installs what its lock file names. */
  public static NpmProject install(Path scripts) throws IOException, InterruptedException {
    Path copy = Path.of("target").resolve(scripts.getFileName());
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    NpmProject project = new NpmProject(copy);
    project.run(Map.of(), "npm", "ci");
    return project;
  }

  /** Runs a command to its end; fails with what it has said if it fails. */
  public void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = directory.resolve(command[0] + ".out").toAbsolutePath();
    Process process =
        builder(environment, command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(Files.readString(output));
    }
  }

  /** A command that goes on beside the test. */
  public ProcessBuilder builder(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder;
  }
}
