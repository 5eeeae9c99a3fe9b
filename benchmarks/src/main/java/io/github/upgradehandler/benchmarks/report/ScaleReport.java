package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.scale.ScaleMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A table and plots of what many connections cost. */
public final class ScaleReport {

  private static final double KIB = 1024;

  private static final String HEADING =
      "| connections | server | heap [KiB] | beside it [KiB] | opening [µs] | quiet [cores / 100]"
          + " | 1 in 100 active [cores / 100] | its p99 [ms] | broadcast [ms] | a delivery [µs]"
          + " | drain [ms] | told 1001, of 100 |\n"
          + "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

  private ScaleReport() {}

  /** Puts them beside the measurements. */
  public static void write(Path measurements) throws IOException {
    List<ScaleMeasurement> results = JsonLines.read(measurements, ScaleMeasurement.class);
    Files.writeString(measurements.resolveSibling("scale.md"), table(results));
    for (Theme theme : Theme.values()) {
      String name = "scale-" + theme.name().toLowerCase(Locale.ROOT) + ".svg";
      new GrowthPlot(results, theme).write(measurements.resolveSibling(name));
    }
  }

  private static String table(List<ScaleMeasurement> results) {
    StringBuilder table = new StringBuilder(HEADING);
    results.stream()
        .sorted(
            Comparator.comparingInt(ScaleMeasurement::connections)
                .thenComparing(ScaleMeasurement::container)
                .thenComparing(ScaleMeasurement::implementation, Comparator.reverseOrder()))
        .map(ScaleReport::line)
        .forEach(table::append);
    return table.toString();
  }

  private static String line(ScaleMeasurement each) {
    return String.format(
        Locale.ROOT,
        "| %,d | %s, %s | %.1f | %.1f | %.0f | %.2f | %.1f | %.1f | %.0f | %.2f | %.0f | %.0f |%n",
        each.connections(),
        each.container(),
        each.implementation(),
        each.heapBytes() / KIB,
        each.nativeBytes() / KIB,
        each.openMicros(),
        100 * each.quietCores(),
        100 * each.activeCores(),
        each.activeP99Micros() / 1000,
        each.broadcastMillis(),
        each.broadcastMicros(),
        each.drainMillis(),
        100 * each.goingAway());
  }
}
