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

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Jetty", Server.JETTY_OURS, Server.JETTY_NATIVE),
          new Column("Tomcat", Server.TOMCAT_OURS, Server.TOMCAT_NATIVE),
          new Column("Undertow", Server.UNDERTOW_OURS, Server.UNDERTOW_NATIVE),
          new Column("Undertow, channels", Server.UNDERTOW_CHANNELS, Server.UNDERTOW_NATIVE),
          new Column("Netty", Server.NETTY, null),
          new Column("uWebSockets", Server.UWEBSOCKETS, null),
          new Column("C", Server.C_LOOP, null));

  /** A server, beside another if there is one to compare it with. */
  private record Column(String title, Server server, @Nullable Server beside) {}

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
    List<Column> columns =
        COLUMNS.stream()
            .filter(column -> rows.stream().anyMatch(row -> isMeasured(row, column.server())))
            .toList();
    StringBuilder table = new StringBuilder();
    StringJoiner head = new StringJoiner(" | ", "| ", " |\n");
    head.add("CPU µs per message: ours / native");
    columns.forEach(column -> head.add(column.title()));
    table.append(head).append("|---".repeat(columns.size() + 1)).append("|\n");
    for (Row row : rows) {
      StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
      line.add(row.isMemory() ? row.title() + ": KiB of heap for each" : row.title());
      columns.forEach(column -> line.add(cell(row, column)));
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

  private boolean isMeasured(Row row, Server server) {
    return results.figure(row, server).isPresent();
  }

  private String cell(Row row, Column column) {
    Server beside = column.beside();
    if (beside == null) {
      return results
          .figure(row, column.server())
          .map(spread -> Spread.number(spread.median()))
          .orElse("–");
    }
    if (!isMeasured(row, column.server()) || !isMeasured(row, beside)) {
      return "–";
    }
    double ours = results.figure(row, column.server()).orElseThrow().median();
    double theirs = results.figure(row, beside).orElseThrow().median();
    return Spread.number(ours)
        + " / "
        + Spread.number(theirs)
        + " = **"
        + Spread.number(ours / theirs)
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
