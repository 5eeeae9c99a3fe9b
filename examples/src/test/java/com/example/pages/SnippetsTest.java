package com.example.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.xml.sax.InputSource;

/** Each block of code that the documentation shows is of something that is compiled or run. */
class SnippetsTest {

  /** Pages whose projects are made of their blocks, and built, by a script. */
  private static final Map<String, String> BUILT =
      Map.of("docs/getting-started.md", ".ci/consumers");

  /** What is done at a release, with keys and a version that no test has. */
  private static final Set<String> BY_HAND = Set.of("docs/releasing.md");

  /** What a program prints is no code. */
  private static final Set<String> OUTPUT = Set.of("", Pages.OUTPUT);

  private static final Set<String> CONFIGURATIONS = Set.of("nginx", "haproxy");

  @TestFactory
  Stream<DynamicTest> each_is_checked() throws IOException {
    Map<String, Sources> sources =
        Map.of(
            "java",
            Sources.below(
                ".java",
                "examples/src/test/java",
                "upgrade-handler/src/test/java",
                "test-kit/src/test/java",
                "client/src/test/java",
                "socket-io/src/test/java",
                "socket-io-redis/src/test/java",
                "jar-tests/src/applications"),
            "js",
            Sources.below(".js", "examples/src/test/browser"),
            "xml",
            Sources.below(".xml", "examples", "jar-tests", "sample-webapp/src/main/webapp"));
    Map<String, Sources> configurations =
        Map.of(
            "nginx", Sources.below("nginx.conf", "deploy"),
            "haproxy", Sources.below("haproxy.cfg", "deploy"));
    List<String> commands = CheckedCommand.all().stream().map(CheckedCommand::command).toList();
    return Pages.snippets().stream()
        .filter(snippet -> !BUILT.containsKey(snippet.page()))
        .filter(snippet -> !BY_HAND.contains(snippet.page()))
        .filter(snippet -> !OUTPUT.contains(snippet.language()))
        .map(
            snippet ->
                DynamicTest.dynamicTest(
                    snippet.toString(),
                    () -> {
                      if (snippet.language().equals(Pages.COMMANDS)) {
                        assertThat(commands).containsAll(snippet.commands());
                      } else if (CONFIGURATIONS.contains(snippet.language())) {
                        assertThat(lines(snippet))
                            .allMatch(configurations.get(snippet.language())::contain);
                      } else if (Coordinates.areIn(snippet)) {
                        assertThat(Coordinates.of(snippet)).isIn(Coordinates.published());
                      } else if (LoggingSnippet.isOne(snippet)) {
                        assertThat(LoggingSnippet.loggers(snippet))
                            .isNotEmpty()
                            .allMatch(name -> name.startsWith("io.github.upgradehandler"));
                      } else {
                        assertThat(sources).containsKey(snippet.language());
                        assertThat(sources.get(snippet.language()).contain(snippet))
                            .as(snippet.text())
                            .isTrue();
                      }
                    }));
  }

  /** A page shows lines of a configuration without those between them. */
  private static List<Snippet> lines(Snippet snippet) {
    return snippet.commands().stream()
        .map(line -> line.replaceAll("\\s+#.*", ""))
        .map(line -> new Snippet(snippet.page(), snippet.language(), line))
        .toList();
  }

  @Test
  void xml_is_well_formed() throws Exception {
    for (Snippet snippet : Pages.snippets()) {
      if (snippet.language().equals("xml")) {
        // A part of a document may have several elements.
        String text = snippet.text().replaceFirst("<\\?xml.*\\?>", "");
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader("<all>" + text + "</all>")));
      }
    }
  }

  @Test
  void every_command_that_is_listed_is_shown_and_run() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Snippet snippet : Pages.snippets()) {
      if (snippet.language().equals(Pages.COMMANDS)) {
        shown.addAll(snippet.commands());
      }
    }
    assertThat(CheckedCommand.all())
        .isNotEmpty()
        .allMatch(command -> shown.contains(command.command()))
        .allMatch(CheckedCommand::isRun);
  }

  /** Else the names in it would let unchecked pages pass. */
  @Test
  void the_pages_that_a_script_builds_are_named_in_it() {
    assertThat(BUILT.keySet())
        .filteredOn(page -> Files.exists(Pages.REPOSITORY.resolve(page)))
        .allMatch(
            page ->
                Pages.read(Pages.REPOSITORY.resolve(BUILT.get(page)))
                    .contains(page.substring(page.lastIndexOf('/') + 1)));
  }

  @Test
  void the_readme_is_short() {
    assertThat(Pages.read(Pages.REPOSITORY.resolve("README.md")).lines().count()).isLessThan(200);
  }
}
