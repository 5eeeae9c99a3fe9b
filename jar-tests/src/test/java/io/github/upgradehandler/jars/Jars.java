package io.github.upgradehandler.jars;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jars of the tests' own class path, where Maven has put those of this build as well. */
final class Jars {

  static final String LIBRARY = "upgrade-handler";
  static final String TEST_KIT = "upgrade-handler-test-kit";

  private Jars() {}

  /** What an application has that tests its handlers. */
  static List<Path> ofUnitTests() {
    return all(LIBRARY, TEST_KIT);
  }

  /** What an application has that embeds Jetty. */
  static List<Path> ofServer() {
    return all(
        LIBRARY,
        "jakarta.servlet-api",
        "jetty-ee10-servlet",
        "jetty-http",
        "jetty-io",
        "jetty-security",
        "jetty-server",
        "jetty-session",
        "jetty-util",
        "slf4j-api");
  }

  /** All that our jars may link to, where it is there. */
  static List<Path> ofEverything() {
    return Stream.of(ofServer(), all(TEST_KIT, "jspecify")).flatMap(List::stream).toList();
  }

  private static List<Path> all(String... artifacts) {
    return Arrays.stream(artifacts).map(Jars::of).toList();
  }

  /** The jar of one artifact. */
  static Path of(String artifact) {
    Pattern name = Pattern.compile(Pattern.quote(artifact) + "-[0-9].*\\.jar");
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> name.matcher(entry.getFileName().toString()).matches())
        .findAny()
        .orElseThrow(
            () -> new AssertionError("no jar of " + artifact + ": run this by ./mvnw verify"));
  }
}
