package io.github.upgradehandler.jars;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jars as modules. That nothing is missing is seen by the compiler. */
class DescriptorsIT {

  @Test
  void the_library_needs_only_the_jdk_at_run_time() {
    Descriptor library = Descriptor.of(Jars.of(Jars.LIBRARY));
    assertThat(library.name()).isEqualTo("io.github.upgradehandler");
    assertThat(library.requiresAtRunTime()).containsExactly("java.base", "java.management");
  }

  @Test
  void the_test_kit_needs_only_the_library() {
    Descriptor kit = Descriptor.of(Jars.of(Jars.TEST_KIT));
    assertThat(kit.name()).isEqualTo("io.github.upgradehandler.testkit");
    assertThat(kit.requiresAtRunTime()).containsExactly("io.github.upgradehandler", "java.base");
    assertThat(kit.internalPackages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Jars.LIBRARY, Jars.TEST_KIT})
  void nothing_is_required_that_is_not_used(String artifact) {
    Descriptor descriptor = Descriptor.of(Jars.of(artifact));
    assertThat(used(descriptor.name())).containsAll(descriptor.requires());
  }

  /** Modules to which the classes of one refer, as jdeps sees it. */
  private static List<String> used(String module) {
    String path =
        Jars.ofEverything().stream().map(Path::toString).collect(joining(File.pathSeparator));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--multi-release=base",
                "--module-path=" + path,
                "--add-modules=ALL-MODULE-PATH",
                "--module=" + module,
                "-summary");
    assertThat(status).as(out.toString()).isZero();
    String arrow = module + " -> ";
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(arrow))
        .map(line -> line.substring(arrow.length()))
        .toList();
  }
}
