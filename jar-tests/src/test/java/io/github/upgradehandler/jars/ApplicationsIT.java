package io.github.upgradehandler.jars;

import static io.github.upgradehandler.jars.Placement.CLASS_PATH;
import static io.github.upgradehandler.jars.Placement.MODULE_PATH;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged jars in applications as others write them, on the module path and on the class path.
 */
class ApplicationsIT {

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
    Application intruder = application("com.example.intruder", Jars.ofServer(), MODULE_PATH);
    assertThat(intruder.compile())
        .filteredOn(error -> error.getCode().equals("compiler.err.package.not.visible"))
        .extracting(error -> error.getMessage(ROOT).lines().findFirst().orElseThrow())
        .containsExactlyInAnyOrderElementsOf(
            Descriptor.of(Jars.of(Jars.LIBRARY)).internalPackages().stream()
                .map("package %s is not visible"::formatted)
                .toList());
  }

  /** So it was the module that kept them out. */
  @Test
  void on_the_class_path_it_can() throws Exception {
    Application intruder = application("com.example.intruder", Jars.ofServer(), CLASS_PATH);
    assertThat(intruder.compile()).isEmpty();
  }

  private Application application(String module, List<Path> jars, Placement placement) {
    return new Application(module, jars, placement, directory);
  }
}
