package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Spread;
import io.github.upgradehandler.benchmarks.resume.ResumeMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A table of what it takes that many come back. */
public final class ResumeReport {

  private ResumeReport() {}

  /** Puts it beside the measurements. */
  public static void write(Path measurements) throws IOException {
    List<ResumeMeasurement> results = JsonLines.read(measurements, ResumeMeasurement.class);
    StringBuilder table =
        new StringBuilder("| server | until all have what they missed [ms] | CPU [ms] |\n")
            .append("|---|--:|--:|\n");
    for (String server : results.stream().map(ResumeReport::server).distinct().toList()) {
      table.append("| ").append(server).append(" | ");
      table.append(spread(results, server, ResumeMeasurement::millis)).append(" | ");
      table.append(spread(results, server, ResumeMeasurement::cpuMillis)).append(" |\n");
    }
    Files.writeString(measurements.resolveSibling("resume.md"), table);
  }

  private static String server(ResumeMeasurement each) {
    return each.container() + ", " + each.implementation();
  }

  private static String spread(
      List<ResumeMeasurement> results, String server, ToDoubleFunction<ResumeMeasurement> figure) {
    return Spread.of(
            results.stream()
                .filter(each -> server(each).equals(server))
                .map(figure::applyAsDouble)
                .collect(Collectors.toList()))
        .map(Spread::toString)
        .orElse("–");
  }
}
