package io.github.upgradehandler.jars;

import static io.github.upgradehandler.jars.Placement.CLASS_PATH;
import static io.github.upgradehandler.jars.Placement.MODULE_PATH;
import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged jars in applications as others write them, on the module path and on the class path.
 */
class ApplicationsIT {

  private static final Set<String> INTERNAL =
      Descriptor.of(Jars.of(Jars.LIBRARY)).internalPackages();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"MODULE_PATH, io.github.upgradehandler", "CLASS_PATH, null"})
  void servlets_on_embedded_jetty_answer(Placement placement, String module) throws Exception {
    Application server = application("com.example.server", Jars.ofServer(), placement);
    assertThat(server.compile()).isEmpty();
    assertThat(server.run())
        .containsExactly("module " + module, "lambda hello", "named hello", "JMX 2");
  }

  @ParameterizedTest
  @CsvSource({"MODULE_PATH, io.github.upgradehandler.testkit", "CLASS_PATH, null"})
  void a_handler_is_tested_with_the_kit_alone(Placement placement, String module) throws Exception {
    Application unit = application("com.example.unit", Jars.ofUnitTests(), placement);
    assertThat(unit.compile()).isEmpty();
    assertThat(unit.run()).containsExactly("module " + module, "answer hello");
  }

  @Test
  void what_is_internal_cannot_be_imported_by_a_module() throws Exception {
    Application intruder = intruder(MODULE_PATH);
    assertThat(intruder.compile())
        .filteredOn(error -> error.getCode().equals("compiler.err.package.not.visible"))
        .extracting(error -> error.getMessage(ROOT).lines().findFirst().orElseThrow())
        .containsExactlyInAnyOrderElementsOf(
            INTERNAL.stream().map("package %s is not visible"::formatted).toList());
  }

  /** So it was the module that kept them out. */
  @Test
  void on_the_class_path_it_can() throws Exception {
    assertThat(intruder(CLASS_PATH).compile()).isEmpty();
  }

  private Application application(String module, List<Path> jars, Placement placement) {
    return new Application(Path.of("src", "applications", module), jars, placement, directory);
  }

  /** Imports each package that is not for applications. */
  private Application intruder(Placement placement) throws IOException {
    assertThat(INTERNAL).contains("io.github.upgradehandler.internal.frame");
    Path sources = Files.createDirectory(directory.resolve("com.example.intruder"));
    Files.writeString(
        sources.resolve("module-info.java"),
        "module com.example.intruder { requires io.github.upgradehandler; }");
    Files.writeString(
        sources.resolve("Main.java"),
        INTERNAL.stream()
            .map("import %s.*;\n"::formatted)
            .collect(joining("", "package com.example.intruder;\n", "class Main {}\n")));
    return new Application(sources, Jars.ofServer(), placement, directory);
  }
}
