package io.github.upgradehandler.benchmarks.load;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The median of what was measured in turn, and the least and the most. */
public record Spread(double least, double median, double most) {

  /** Empty if there are no values. */
  public static Optional<Spread> of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return Optional.of(new Spread(sorted[0], median, sorted[sorted.length - 1]));
  }

  /** All three divided by the same. */
  public Spread dividedBy(double divisor) {
    return new Spread(least / divisor, median / divisor, most / divisor);
  }

  /** As {@code 9.1 (8.9–9.4)}. */
  @Override
  public String toString() {
    return number(median) + " (" + number(least) + "–" + number(most) + ")";
  }

  /** With three significant digits. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
