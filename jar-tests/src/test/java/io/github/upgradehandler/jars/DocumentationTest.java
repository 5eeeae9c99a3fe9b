package io.github.upgradehandler.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The descriptor that {@code docs/deploying.md} shows is of the application that is run. */
class DocumentationTest {

  @Test
  void what_is_shown_is_compiled() throws Exception {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "deploying.md"), UTF_8);
    List<String> shown = page.subList(page.indexOf("module com.example.server {"), page.size());
    assertThat(
            Files.readAllLines(
                Path.of("src", "applications", "com.example.server", "module-info.java"), UTF_8))
        .containsSubsequence(shown.subList(0, shown.indexOf("```")));
  }
}
