package io.github.upgradehandler.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Java homes: that of the tests, and a newer one for a container that needs it. */
public final class Jdk {

  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final int NEWER = 21;

  private Jdk() {}

  public static Path own() {
    return Path.of(System.getProperty("java.home"));
  }

  /** 21 or later: {@code -Djdk21.home}, else the tests' own, else one of {@code /usr/lib/jvm}. */
  public static Path newer() throws IOException {
    String named = System.getProperty("jdk21.home");
    List<Path> candidates =
        named == null
            ? Stream.concat(Stream.of(own()), installed().stream()).toList()
            : List.of(Path.of(named));
    return candidates.stream()
        .filter(home -> feature(home) >= NEWER)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "no JDK 21 or later among "
                        + candidates
                        + "; name one with -Djdk21.home=DIRECTORY"));
  }

  private static List<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes.sorted().toList();
    }
  }

  /** As its file {@code release} says; 0 if it is no Java home. */
  private static int feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
    return Runtime.Version.parse(version.replaceFirst("_.*", "")).feature();
  }
}
