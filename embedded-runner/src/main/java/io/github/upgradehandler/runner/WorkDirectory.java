package io.github.upgradehandler.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory for the sample and what Jetty unpacks. */
final class WorkDirectory implements AutoCloseable {
  private static final String SAMPLE = "sample-webapp.war";

  private final Path root;

  private WorkDirectory(Path root) {
    this.root = root;
  }

  static WorkDirectory create() throws IOException {
    return new WorkDirectory(Files.createTempDirectory("embedded-runner-"));
  }

  /** Puts the sample of this jar into the directory, since Jetty wants a file. */
  Path sample() throws IOException {
    try (InputStream war = WorkDirectory.class.getResourceAsStream(SAMPLE)) {
      if (war == null) {
        throw new IOException(SAMPLE + " is not in the jar");
      }
      Path file = root.resolve(SAMPLE);
      Files.copy(war, file);
      return file;
    }
  }

  Path unpacked() {
    return root.resolve("unpacked");
  }

  /** Removes what can be removed; what another process holds is left to the system. */
  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(root)) {
      paths.sorted(Comparator.reverseOrder()).forEach(WorkDirectory::delete);
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(WorkDirectory.class.getName())
          .log(System.Logger.Level.DEBUG, "not removed", e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
