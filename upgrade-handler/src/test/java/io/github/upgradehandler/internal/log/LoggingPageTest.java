package io.github.upgradehandler.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/logging.md} says of loggers, levels and numbers is so. */
class LoggingPageTest {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(io\\.github\\.upgradehandler[.a-z]*)` \\| (\\w+) \\|", Pattern.MULTILINE);
  private static final Pattern NAME =
      Pattern.compile("io\\.github\\.upgradehandler(?:\\.[a-z]+)?(?=[.`=\":])");
  private static final String ROOT = Log.LOG.getName();

  private final String page = Files.readString(Path.of("..", "docs", "logging.md"), UTF_8);

  LoggingPageTest() throws IOException {}

  @Test
  void the_table_has_every_kind_of_line_and_no_other() {
    List<String> rows =
        ROW.matcher(page).results().map(row -> row.group(1) + ' ' + row.group(2)).toList();
    List<String> kinds =
        Stream.of(LogKind.values())
            .map(kind -> kind.logger().getName() + ' ' + kind.level())
            .toList();
    assertThat(rows).doesNotHaveDuplicates().endsWith(ROOT + " all");
    assertThat(rows.subList(0, rows.size() - 1)).isEqualTo(kinds);
  }

  @Test
  void no_other_logger_is_named() {
    Set<String> known =
        Stream.concat(
                Stream.of(ROOT), Stream.of(LogKind.values()).map(kind -> kind.logger().getName()))
            .collect(Collectors.toSet());
    Set<String> named =
        NAME.matcher(page).results().map(MatchResult::group).collect(Collectors.toSet());
    assertThat(named).isEqualTo(known);
  }

  @Test
  void the_levels_have_these_names_in_java_util_logging() {
    assertThat(page).contains("ERROR is SEVERE, DEBUG is FINE and TRACE is FINER");
    assertThat(Level.ERROR.getSeverity()).isEqualTo(java.util.logging.Level.SEVERE.intValue());
    assertThat(Level.DEBUG.getSeverity()).isEqualTo(java.util.logging.Level.FINE.intValue());
    assertThat(Level.TRACE.getSeverity()).isEqualTo(java.util.logging.Level.FINER.intValue());
  }

  @Test
  void the_numbers_are_those_of_the_code() {
    assertThat(page)
        .contains(
            EndpointLog.LINES
                + " lines in "
                + EndpointLog.INTERVAL_SECONDS
                + " seconds are written");
  }

  @Test
  void the_properties_are_some_that_java_util_logging_reads() throws Exception {
    int start = page.indexOf("```properties\n") + "```properties\n".length();
    Properties recipe = new Properties();
    recipe.load(new StringReader(page.substring(start, page.indexOf("```", start))));
    assertThat(recipe.stringPropertyNames()).hasSize(3);
    assertThat(Class.forName(recipe.getProperty("handlers")))
        .isEqualTo(java.util.logging.ConsoleHandler.class);
    String level = recipe.getProperty(Log.ENDED.getName() + ".level");
    assertThat(java.util.logging.Level.parse(level).intValue())
        .isEqualTo(LogKind.ENDED.level().getSeverity());
    assertThat(recipe.getProperty(recipe.getProperty("handlers") + ".level")).isEqualTo(level);
  }
}
