package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.client.ClientLibrary;
import io.github.upgradehandler.benchmarks.client.ClientMeasurement;
import io.github.upgradehandler.benchmarks.client.ClientRow;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the clients, this library's first. */
public final class ClientReport {

  private static final double KIB = 1024;

  private ClientReport() {}

  /** Puts it beside the measurements. */
  public static void write(Path measurements) throws IOException {
    List<ClientMeasurement> results = JsonLines.read(measurements, ClientMeasurement.class);
    StringBuilder table = new StringBuilder("| CPU µs of the client for each |");
    Stream.of(ClientLibrary.values())
        .forEach(each -> table.append(' ').append(each.id()).append(" |"));
    table.append("\n|---|").append("--:|".repeat(ClientLibrary.values().length)).append('\n');
    for (ClientRow row : ClientRow.values()) {
      if (row.isMemory()) {
        line(table, results, row, ": KiB of heap each", each -> dividedBy(each.heapBytes(), KIB));
        line(table, results, row, ": threads", each -> dividedBy(each.threads(), 1));
      } else {
        line(table, results, row, "", ClientMeasurement::cpuMicros);
      }
    }
    Files.writeString(measurements.resolveSibling("clients.md"), table);
  }

  private static void line(
      StringBuilder table,
      List<ClientMeasurement> results,
      ClientRow row,
      String what,
      Function<ClientMeasurement, @Nullable Double> value) {
    table.append("| ").append(row.title()).append(what).append(" |");
    for (ClientLibrary library : ClientLibrary.values()) {
      List<Double> values =
          results.stream()
              .filter(each -> each.row().equals(row.id()) && each.client().equals(library.id()))
              .map(value)
              .filter(Objects::nonNull)
              .collect(Collectors.toList());
      Optional<Spread> spread = Spread.of(values);
      table.append(' ').append(spread.map(Spread::toString).orElse("–")).append(" |");
    }
    table.append('\n');
  }

  private static @Nullable Double dividedBy(@Nullable Number value, double divisor) {
    return value == null ? null : Double.valueOf(value.doubleValue() / divisor);
  }
}
