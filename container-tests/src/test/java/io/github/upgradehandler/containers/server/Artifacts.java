package io.github.upgradehandler.containers.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.jboss.shrinkwrap.resolver.api.maven.ScopeType;
import org.jboss.shrinkwrap.resolver.api.maven.coordinate.MavenDependencies;
import org.jboss.shrinkwrap.resolver.api.maven.coordinate.MavenDependencyExclusion;

/** What comes from Maven's repository, by {@code group:artifact:type:version}, when needed. */
final class Artifacts {

  private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();

  private Artifacts() {}

  static Path file(String coordinates) {
    return Maven.resolver().resolve(coordinates).withoutTransitivity().asSingleFile().toPath();
  }

  /** With all it depends on at run time, but for exclusions as {@code group:artifact}. */
  static List<Path> classPath(String coordinates, List<String> exclusions) {
    MavenDependencyExclusion[] excluded =
        exclusions.stream()
            .map(MavenDependencies::createExclusion)
            .toArray(MavenDependencyExclusion[]::new);
    return Arrays.stream(
            Maven.resolver()
                .addDependency(
                    MavenDependencies.createDependency(
                        coordinates, ScopeType.RUNTIME, false, excluded))
                .resolve()
                .withTransitivity()
                .asFile())
        .map(File::toPath)
        .toList();
  }

  /** The one directory in a zip. */
  static Path unpacked(String coordinates) throws IOException {
    Path zip = file(coordinates);
    Path home = CONTAINERS.resolve(zip.getFileName());
    if (!Files.exists(home)) {
      Path partial = Files.createTempDirectory(Files.createDirectories(CONTAINERS), "unpacking");
      unpack(zip, partial);
      Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }
    try (Stream<Path> entries = Files.list(home)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !entry.endsWith("META-INF"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void unpack(Path zip, Path directory) throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      copy(archive.getPath("/"), directory);
    }
  }

  /** What is in a directory. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path target = to.resolve(from.relativize(entry).toString());
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
        }
      }
    }
  }
}
