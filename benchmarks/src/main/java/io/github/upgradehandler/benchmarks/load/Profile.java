package io.github.upgradehandler.benchmarks.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a server's CPU time went.
 *
 * @param micros for each message, in microseconds; a part without a sample is missing
 */
public record Profile(Row row, Server server, Map<Part, Double> micros) {

  /**
   * From samples.
   *
   * @param cpuMicros CPU time for each message, in microseconds
   * @param stacks a line for each: frames from the outermost, joined by semicolons, and how many
   */
  static Profile of(Row row, Server server, double cpuMicros, List<String> stacks) {
    Map<Part, Double> parts = new EnumMap<>(Part.class);
    for (String line : stacks) {
      int space = line.lastIndexOf(' ');
      Part part = Part.of(List.of(line.substring(0, space).split(";")));
      parts.merge(part, Double.valueOf(line.substring(space + 1)), Double::sum);
    }
    double samples = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    parts.replaceAll((part, count) -> cpuMicros * count / samples);
    return new Profile(row, server, parts);
  }
}
