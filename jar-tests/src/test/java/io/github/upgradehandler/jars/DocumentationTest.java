package io.github.upgradehandler.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documents show of the applications is theirs. */
class DocumentationTest {

  /** How deep it stands in the project's file. */
  private static final int PLUGIN_INDENT = 6;

  @Test
  void the_descriptor_is_of_the_application_that_is_run() throws Exception {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "deploying.md"), UTF_8);
    List<String> shown = page.subList(page.indexOf("module com.example.server {"), page.size());
    assertThat(
            Files.readAllLines(
                Path.of("src", "applications", "com.example.server", "module-info.java"), UTF_8))
        .containsSubsequence(shown.subList(0, shown.indexOf("```")));
  }

  @Test
  void how_the_module_is_tested_is_how_the_consumer_is() throws Exception {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "getting-started.md"), UTF_8);
    List<String> shown = page.subList(page.indexOf("<plugin>"), page.size());
    assertThat(Files.readAllLines(Path.of("src", "consumers", "module", "pom.xml"), UTF_8))
        .containsSequence(
            shown.subList(0, shown.indexOf("```")).stream()
                .map(line -> " ".repeat(PLUGIN_INDENT) + line)
                .toList());
  }
}
