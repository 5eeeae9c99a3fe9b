package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Part;
import io.github.upgradehandler.benchmarks.load.Profile;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Profiles in Markdown: a table for a row, a column for a server. */
public final class ProfileTable {

  private ProfileTable() {}

  /** The tables, in the order of the profiles. */
  public static String of(List<Profile> profiles) {
    Map<Row, List<Profile>> rows =
        profiles.stream()
            .collect(
                Collectors.groupingBy(
                    Profile::row, () -> new EnumMap<>(Row.class), Collectors.toList()));
    StringBuilder tables = new StringBuilder();
    rows.forEach((row, columns) -> tables.append(table(row, columns)).append('\n'));
    return tables.toString();
  }

  private static String table(Row row, List<Profile> columns) {
    StringBuilder table = new StringBuilder();
    StringJoiner head = new StringJoiner(" | ", "| ", " |\n");
    head.add("CPU µs: " + row.title());
    columns.forEach(profile -> head.add(profile.server().id()));
    table.append(head).append("|---".repeat(columns.size() + 1)).append("|\n");
    Stream.of(Part.values())
        .filter(part -> columns.stream().anyMatch(profile -> micros(profile, part) > 0))
        .forEach(part -> table.append(line(part, columns)));
    StringJoiner all = new StringJoiner(" | ", "| ", " |\n");
    all.add("**all**");
    columns.forEach(
        profile ->
            all.add(
                Spread.number(
                    profile.micros().values().stream().mapToDouble(Double::doubleValue).sum())));
    return table.append(all).toString();
  }

  private static String line(Part part, List<Profile> columns) {
    StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
    line.add(part.title());
    columns.forEach(profile -> line.add(Spread.number(micros(profile, part))));
    return line.toString();
  }

  private static double micros(Profile profile, Part part) {
    return profile.micros().getOrDefault(part, 0.0);
  }
}
