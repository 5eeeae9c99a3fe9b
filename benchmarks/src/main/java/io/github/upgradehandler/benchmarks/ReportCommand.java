package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.report.Plot;
import io.github.upgradehandler.benchmarks.report.Results;
import io.github.upgradehandler.benchmarks.report.Table;
import io.github.upgradehandler.benchmarks.report.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tables and plots of what was measured before. */
@Command(name = "report", description = "Makes tables and plots of results that are there.")
final class ReportCommand implements Callable<Integer> {

  /** Beside the measurements: what they hold for. */
  static final String MACHINE = "machine.txt";

  @Parameters(
      paramLabel = "FILE",
      defaultValue = "benchmarks/results/measurements.jsonl",
      description = "The measurements.")
  private Path measurements = Path.of("");

  @Override
  public Integer call() throws IOException {
    write(measurements);
    return 0;
  }

  /** Puts tables and plots beside the measurements. */
  static void write(Path measurements) throws IOException {
    Results results = Results.read(measurements);
    Table table = new Table(results);
    Files.writeString(
        measurements.resolveSibling("table.md"),
        table.summary()
            + "\n"
            + Files.readString(measurements.resolveSibling(MACHINE))
            + "\n"
            + table.full());
    System.out.println();
    System.out.println(table.summary());
    if (table.summary().isEmpty()) {
      return; // nothing to plot
    }
    for (Theme theme : Theme.values()) {
      String name = "plot-" + theme.name().toLowerCase(Locale.ROOT) + ".svg";
      new Plot(results, theme).write(measurements.resolveSibling(name));
    }
  }
}
