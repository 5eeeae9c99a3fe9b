package io.github.upgradehandler;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What a value of {@link WebSocketConfig} must be. */
final class ConfigCheck {

  /** A token of RFC 9110 section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private ConfigCheck() {}

  static long between(long lowest, long highest, long value) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "must be from " + lowest + " to " + highest + ", not " + value);
    }
    return value;
  }

  static int between(int lowest, int highest, int value) {
    return (int) between((long) lowest, highest, value);
  }

  static Duration positive(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("must be above zero, not " + value);
    }
    return bounded(value);
  }

  static Duration notNegative(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("must not be negative, as " + value + " is");
    }
    return bounded(value);
  }

  /** SweepTimer are reckoned in nanoseconds of a long. */
  private static Duration bounded(Duration value) {
    if (value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("must be at most 365 days, not " + value);
    }
    return value;
  }

  static List<String> distinctTokens(List<String> values) {
    for (String value : values) {
      if (!TOKEN.matcher(value).matches()) {
        throw new IllegalArgumentException("'" + value + "' is not a token (RFC 6455 section 4.1)");
      }
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("has an element twice: " + values);
    }
    return List.copyOf(values);
  }

  /** Such as browsers send, so that they can match. */
  static List<String> origins(List<String> values) {
    return values.stream().map(ConfiguredOrigin::check).toList();
  }
}
