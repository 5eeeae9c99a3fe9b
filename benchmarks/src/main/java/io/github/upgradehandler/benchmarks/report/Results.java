package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Measurement;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that was measured. */
public final class Results {

  private final List<Measurement> measurements;

  private Results(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  /** Reads a file of one measurement a line. */
  public static Results read(Path file) throws IOException {
    return new Results(JsonLines.read(file, Measurement.class));
  }

  /** The rows that were measured. */
  Stream<Row> rows() {
    return Stream.of(Row.values())
        .filter(row -> measurements.stream().anyMatch(each -> each.row().equals(row.id())));
  }

  List<Measurement> of(Row row, Server server) {
    return measurements.stream()
        .filter(
            each ->
                each.row().equals(row.id())
                    && each.container().equals(server.container())
                    && each.implementation().equals(server.implementation().label()))
        .toList();
  }

  Optional<Spread> spread(Row row, Server server, Function<Measurement, @Nullable Double> figure) {
    return Spread.of(of(row, server).stream().map(figure).filter(Objects::nonNull).toList());
  }

  /** What counts in a row: CPU time in microseconds, or memory in KiB. */
  Optional<Spread> figure(Row row, Server server) {
    return row.isMemory()
        ? spread(row, server, Measurement::heapBytes).map(bytes -> bytes.dividedBy(1024))
        : spread(row, server, Measurement::cpuMicros);
  }

  /** Why a server has no figure in a row. */
  Optional<String> error(Row row, Server server) {
    return of(row, server).stream().map(Measurement::error).filter(Objects::nonNull).findFirst();
  }
}
