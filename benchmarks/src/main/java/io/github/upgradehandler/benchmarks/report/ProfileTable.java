package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Part;
import io.github.upgradehandler.benchmarks.load.Profile;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
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
    table.append(line("CPU µs: " + row.title(), columns, profile -> profile.server().id()));
    table.append("|---".repeat(columns.size() + 1)).append("|\n");
    Stream.of(Part.values())
        .filter(part -> columns.stream().anyMatch(profile -> micros(profile, part) > 0))
        .map(part -> line(part.title(), columns, profile -> Spread.number(micros(profile, part))))
        .forEach(table::append);
    return table
        .append(line("**all**", columns, profile -> Spread.number(micros(profile))))
        .toString();
  }

  private static String line(String first, List<Profile> columns, Function<Profile, String> cell) {
    StringJoiner line = new StringJoiner(" | ", "| ", " |\n").add(first);
    columns.forEach(profile -> line.add(cell.apply(profile)));
    return line.toString();
  }

  private static double micros(Profile profile, Part part) {
    return profile.micros().getOrDefault(part, 0.0);
  }

  private static double micros(Profile profile) {
    return profile.micros().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
