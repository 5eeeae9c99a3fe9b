package io.github.upgradehandler.containers.server;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** What comes from Maven's repository, by {@code group:artifact:type:version}, when needed. */
final class Artifacts {

  private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();

  private Artifacts() {}

  static Path file(String coordinates) throws IOException {
    try (Context maven = maven()) {
      return maven
          .repositorySystem()
          .resolveArtifact(
              maven.repositorySystemSession(),
              new ArtifactRequest(
                  new DefaultArtifact(coordinates), maven.remoteRepositories(), null))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw new IOException(e);
    }
  }

  /** With all it depends on at run time, but for exclusions as {@code group:artifact}. */
  static List<Path> classPath(String coordinates, List<String> exclusions) throws IOException {
    Dependency dependency =
        new Dependency(
            new DefaultArtifact(coordinates),
            JavaScopes.RUNTIME,
            false,
            exclusions.stream().map(Artifacts::exclusion).toList());
    try (Context maven = maven()) {
      return maven
          .repositorySystem()
          .resolveDependencies(
              maven.repositorySystemSession(),
              new DependencyRequest(
                  new CollectRequest(dependency, maven.remoteRepositories()),
                  DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new IOException(e);
    }
  }

  private static Exclusion exclusion(String name) {
    String[] parts = name.split(":", -1);
    return new Exclusion(parts[0], parts[1], "*", "*");
  }

  /** With the settings and the local repository of whoever runs the build. */
  private static Context maven() {
    return Runtimes.INSTANCE
        .getRuntime()
        .create(ContextOverrides.create().withUserSettings(true).build());
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
