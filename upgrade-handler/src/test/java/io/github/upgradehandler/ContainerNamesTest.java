package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is known of a container stands in that container's package, comments included. */
class ContainerNamesTest {

  private static final Path SOURCES =
      Path.of("src", "main", "java", "io", "github", "upgradehandler");

  /** In lower case, with the packages where they may stand. */
  private static final Map<String, Set<String>> WORDS =
      Map.ofEntries(
          Map.entry("jetty", Set.of("servlet/jetty", "jetty")),
          Map.entry("tomcat", Set.of("servlet/tomcat")),
          Map.entry("catalina", Set.of("servlet/tomcat", "servlet/glassfish")),
          Map.entry("coyote", Set.of("servlet/tomcat", "servlet/glassfish")),
          Map.entry("undertow", Set.of("servlet/undertow")),
          Map.entry("wildfly", Set.of("servlet/undertow")),
          Map.entry("xnio", Set.of("servlet/undertow")),
          Map.entry("liberty", Set.of("servlet/liberty")),
          Map.entry("com.ibm", Set.of("servlet/liberty")),
          Map.entry("glassfish", Set.of("servlet/glassfish")),
          Map.entry("payara", Set.of("servlet/glassfish")),
          Map.entry("grizzly", Set.of("servlet/glassfish")));

  /** The one list of the containers. */
  private static final String LIST = "servlet/Containers.java";

  @Test
  void a_container_is_named_in_its_own_package_and_in_the_list_alone() throws IOException {
    assertThat(strays()).isEmpty();
  }

  @Test
  void each_package_of_a_container_has_one_adapter_which_is_in_the_list() throws IOException {
    String list = Files.readString(SOURCES.resolve(LIST));
    for (Path folder : packages()) {
      List<String> adapters = names(folder).filter(name -> name.endsWith("Adapter.java")).toList();
      assertThat(adapters).as("adapters in %s", folder).hasSize(1);
      assertThat(list).contains("new " + adapters.get(0).replace(".java", "()"));
      assertThat(WORDS).containsKey(folder.getFileName().toString());
    }
  }

  /** Those of one container each, of which there are some. */
  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES.resolve("servlet"))) {
      List<Path> packages =
          files.filter(Files::isDirectory).filter(folder -> !folder.endsWith("container")).toList();
      assertThat(packages).isNotEmpty();
      return packages;
    }
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  /** Words where they must not be, by the file. */
  private static Map<String, List<String>> strays() throws IOException {
    Map<String, List<String>> strays = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String name = SOURCES.relativize(file).toString().replace('\\', '/');
        String text = Files.readString(file).toLowerCase(Locale.ROOT);
        String folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
        List<String> found =
            WORDS.entrySet().stream()
                .filter(word -> !word.getValue().contains(folder))
                .map(Map.Entry::getKey)
                .filter(text::contains)
                .sorted()
                .toList();
        if (!found.isEmpty() && !name.equals(LIST)) {
          strays.put(name, found);
        }
      }
    }
    return strays;
  }
}
