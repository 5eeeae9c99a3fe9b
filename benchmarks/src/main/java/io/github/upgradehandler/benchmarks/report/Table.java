package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Measurement;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results in Markdown. */
public final class Table {

  private static final Server[][] PAIRS = {
    {Server.JETTY_OURS, Server.JETTY_NATIVE},
    {Server.TOMCAT_OURS, Server.TOMCAT_NATIVE},
    {Server.UNDERTOW_OURS, Server.UNDERTOW_NATIVE},
    {Server.UNDERTOW_CHANNELS, Server.UNDERTOW_NATIVE},
  };

  private final Results results;

  /** A table of results. */
  public Table(Results results) {
    this.results = results;
  }

  /** Ours beside native, a line for a row: medians. Empty if no such row was measured. */
  public String summary() {
    List<Row> rows = results.rows().filter(Row::isCompared).toList();
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder();
    table.append(
        "| CPU µs per message: ours / native | Jetty | Tomcat | Undertow | Undertow, channels | Netty | uWebSockets | C |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
      line.add(row.isMemory() ? row.title() + ": KiB of heap for each" : row.title());
      for (Server[] pair : PAIRS) {
        line.add(comparison(row, pair[0], pair[1]));
      }
      for (Server server : List.of(Server.NETTY, Server.UWEBSOCKETS, Server.C_LOOP)) {
        line.add(results.figure(row, server).map(each -> Spread.number(each.median())).orElse("–"));
      }
      table.append(line);
    }
    return table.toString();
  }

  /** Everything, a table for a row. */
  public String full() {
    StringBuilder tables = new StringBuilder();
    for (Row row : results.rows().toList()) {
      tables.append("### ").append(row.title()).append(" (`").append(row.id()).append("`)\n\n");
      String table =
          switch (row) {
            case IDLE, SOCKET_IO_IDLE -> memory(row);
            case STALLED -> stalled();
            default -> load(row);
          };
      tables.append(table).append('\n');
    }
    return tables.toString();
  }

  private String load(Row row) {
    StringBuilder table =
        new StringBuilder(
            "| server | CPU µs | per second | p50 µs | p99 µs | p99.9 µs | server's and client's"
                + " cores |\n|---|---|---|---|---|---|---|\n");
    for (Server server : Server.values()) {
      Optional<String> error = results.error(row, server);
      if (error.isPresent()) {
        table.append("| ").append(server.id()).append(" | ").append(error.get());
        table.append(" | | | | | |\n");
      }
      if (results.figure(row, server).isPresent()) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |\n").add(server.id());
        line.add(cell(row, server, Measurement::cpuMicros));
        line.add(cell(row, server, Measurement::perSecond));
        line.add(median(row, server, Measurement::p50Micros));
        line.add(median(row, server, Measurement::p99Micros));
        line.add(median(row, server, Measurement::p999Micros));
        line.add(
            median(row, server, Measurement::serverCores)
                + ", "
                + median(row, server, Measurement::clientCores));
        table.append(line);
      }
    }
    return table.toString();
  }

  private String memory(Row row) {
    StringBuilder table =
        new StringBuilder("| server | KiB of heap | KiB beside |\n|---|---|---|\n");
    for (Server server : Server.values()) {
      Optional<String> error = results.error(row, server);
      if (error.isPresent()) {
        table.append("| ").append(server.id()).append(" | ").append(error.get()).append(" | |\n");
      }
      if (results.figure(row, server).isPresent()) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |\n").add(server.id());
        line.add(kibibytes(row, server, Measurement::heapBytes));
        line.add(kibibytes(row, server, Measurement::nativeBytes));
        table.append(line);
      }
    }
    return table.toString();
  }

  private String stalled() {
    StringBuilder table =
        new StringBuilder(
            "| server | p50 µs without | with | p99 µs without | with | p99 with / without | of the"
                + " stalled were ended |\n|---|---|---|---|---|---|---|\n");
    for (Server server : Server.values()) {
      Optional<String> error = results.error(Row.STALLED, server);
      if (error.isPresent()) {
        table.append("| ").append(server.id()).append(" | ").append(error.get());
        table.append(" | | | | | |\n");
      }
      if (results.figure(Row.STALLED, server).isPresent()) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |\n").add(server.id());
        line.add(median(Row.STALLED, server, Measurement::p50Micros));
        line.add(median(Row.STALLED, server, Measurement::p50WithStalledMicros));
        line.add(median(Row.STALLED, server, Measurement::p99Micros));
        line.add(median(Row.STALLED, server, Measurement::p99WithStalledMicros));
        line.add(cell(Row.STALLED, server, Measurement::p99Ratio));
        line.add(cell(Row.STALLED, server, Measurement::stalledEnded));
        table.append(line);
      }
    }
    return table.toString();
  }

  private String comparison(Row row, Server ours, Server theirs) {
    Optional<Spread> first = results.figure(row, ours);
    Optional<Spread> second = results.figure(row, theirs);
    if (first.isEmpty() || second.isEmpty()) {
      return "–";
    }
    return Spread.number(first.get().median())
        + " / "
        + Spread.number(second.get().median())
        + " = **"
        + Spread.number(first.get().median() / second.get().median())
        + "**";
  }

  private String cell(Row row, Server server, Function<Measurement, @Nullable Double> figure) {
    return results.spread(row, server, figure).map(Spread::toString).orElse("–");
  }

  private String median(Row row, Server server, Function<Measurement, @Nullable Double> figure) {
    return results
        .spread(row, server, figure)
        .map(spread -> Spread.number(spread.median()))
        .orElse("–");
  }

  private String kibibytes(Row row, Server server, Function<Measurement, @Nullable Double> figure) {
    return results
        .spread(row, server, figure)
        .map(spread -> spread.dividedBy(1024).toString())
        .orElse("–");
  }
}
