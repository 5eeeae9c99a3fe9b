package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes down what came of each rule in each container, and shows the log of one that failed. The
 * results of an earlier run stay until the container is tested again.
 */
final class ResultTable implements TestWatcher {

  private static final Path RESULTS = Path.of("target", "results");
  private static final Path TABLE = Path.of("target", "containers.md");
  private static final String GREEN = "green";

  private final Map<Container, Map<String, String>> results = new TreeMap<>();

  @Override
  public void testSuccessful(ExtensionContext context) {
    record(context, GREEN);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    record(context, "aborted");
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    record(context, "not run");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    record(context, "failed");
    System.err.println(((ContainerIT) context.getRequiredTestInstance()).container().output());
  }

  private void record(ExtensionContext context, String result) {
    Container container = ((ContainerIT) context.getRequiredTestInstance()).parameter();
    Map<String, String> rows = results.computeIfAbsent(container, key -> new TreeMap<>());
    rows.put(context.getDisplayName(), result);
    try {
      Files.createDirectories(RESULTS);
      Files.write(
          file(container),
          rows.entrySet().stream().map(row -> row.getKey() + "\t" + row.getValue()).toList(),
          UTF_8);
      Files.write(TABLE, table(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Container container) {
    return RESULTS.resolve(container.id() + ".tsv");
  }

  private static List<String> table() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| container | version | `-Dcontainer=` | rows green |");
    lines.add("|---|---|---|---|");
    for (Container container : Container.values()) {
      if (Files.exists(file(container))) {
        lines.add(
            "| %s | %s | `%s` | %s |"
                .formatted(
                    container.title(),
                    container.version(),
                    container.id(),
                    summary(Files.readAllLines(file(container), UTF_8))));
      }
    }
    return lines;
  }

  private static String summary(List<String> rows) {
    List<String> others = rows.stream().filter(row -> !row.endsWith("\t" + GREEN)).toList();
    String counts = rows.size() - others.size() + " of " + rows.size();
    return others.isEmpty()
        ? counts
        : others.stream()
            .map(row -> row.replace("\t", ": "))
            .collect(Collectors.joining("; ", counts + "; ", ""));
  }
}
