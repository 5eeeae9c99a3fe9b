package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in the README is of the containers that are tested. */
class ReadmeTest {

  @Test
  void has_each_container_in_its_version() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("..", "README.md"), UTF_8);
    List<String> rows =
        lines.subList(
            lines.indexOf("<!-- containers -->") + 3, lines.indexOf("<!-- end of containers -->"));
    assertThat(rows)
        .as("rows that container-tests/readme-table writes")
        .extracting(row -> row.substring(0, row.lastIndexOf(" | ")))
        .containsExactlyElementsOf(
            Arrays.stream(Container.values())
                .map(
                    container ->
                        "| %s | %s | `%s`"
                            .formatted(container.title(), container.version(), container.id()))
                .toList());
  }
}
