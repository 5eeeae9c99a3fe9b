package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down what came of each rule in each container, and shows the log of one that failed. */
final class ResultTable implements TestWatcher {

  private static final Path RESULTS = Path.of("target", "results");
  private static final Path TABLE = Path.of("target", "containers.md");

  // The results of a run; those of an earlier one stay until the container is tested again.
  private final Map<Container, Map<String, String>> results = new TreeMap<>();

  @Override
  public void testSuccessful(ExtensionContext context) {
    record(context, "yes");
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
    record(context, "**no**");
    System.err.println(((ContainerIT) context.getRequiredTestInstance()).container().output());
  }

  private void record(ExtensionContext context, String result) {
    Container container = ((ContainerIT) context.getRequiredTestInstance()).parameter();
    results
        .computeIfAbsent(container, key -> new TreeMap<>())
        .put(context.getDisplayName(), result);
    try {
      Files.createDirectories(RESULTS);
      List<String> lines = new ArrayList<>();
      results.get(container).forEach((row, value) -> lines.add(row + "\t" + value));
      Files.write(RESULTS.resolve(container.id() + ".tsv"), lines, UTF_8);
      Files.writeString(TABLE, table(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table() throws IOException {
    Map<Container, Map<String, String>> all = new TreeMap<>();
    Set<String> rows = new LinkedHashSet<>();
    for (Container container : Container.values()) {
      Path file = RESULTS.resolve(container.id() + ".tsv");
      if (Files.exists(file)) {
        Map<String, String> results = new TreeMap<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
          String[] fields = line.split("\t", -1);
          results.put(fields[0], fields[1]);
        }
        rows.addAll(results.keySet());
        all.put(container, results);
      }
    }
    StringBuilder table = new StringBuilder("| |");
    all.keySet().forEach(container -> table.append(' ').append(container.title()).append(" |"));
    table.append("\n|---|").append("---|".repeat(all.size())).append('\n');
    for (String row : rows) {
      table.append("| ").append(row).append(" |");
      all.values()
          .forEach(
              results -> table.append(' ').append(results.getOrDefault(row, "-")).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }
}
