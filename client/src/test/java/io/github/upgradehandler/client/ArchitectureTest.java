package io.github.upgradehandler.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the client may use, as ARCHITECTURE.md says. */
@AnalyzeClasses(
    packages = ArchitectureTest.CLIENT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  static final String CLIENT = "io.github.upgradehandler.client";

  private static final String API = "io.github.upgradehandler";
  private static final String INTERNAL = CLIENT + ".internal";
  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_TEST = 400;

  @ArchTest
  static final ArchRule the_jdk_and_the_library_are_all_it_needs =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl",
              "org.jspecify..",
              CLIENT,
              INTERNAL,
              API,
              API + ".spi",
              API + ".internal.connection",
              API + ".internal.deflate",
              API + ".internal.protocol",
              API + ".internal.work");

  @ArchTest
  static final ArchRule what_is_for_applications_uses_nothing_internal_of_the_library =
      classes()
          .that()
          .resideInAPackage(CLIENT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.net.ssl", "org.jspecify..", CLIENT, INTERNAL, API);

  /** So that no other thread waits for a socket. */
  @ArchTest
  static final ArchRule sockets_are_for_the_loop_and_what_it_serves =
      noClasses()
          .that()
          .resideInAPackage(CLIENT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.channels");

  @Test
  void files_are_short() throws IOException {
    assertThat(longerThan(LONGEST_FILE, Path.of("src/main/java"))).isEmpty();
    assertThat(longerThan(LONGEST_TEST, Path.of("src/test/java"))).isEmpty();
  }

  private static List<Path> longerThan(int lines, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> lines(file) > lines).toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
