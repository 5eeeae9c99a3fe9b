package io.github.upgradehandler;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What the value of an option must be; whatever is wrong, the message names the option. */
final class OptionCheck {

  private static final Duration LONGEST = Duration.ofDays(365); // nanoseconds fit into a long

  /** A token of RFC 9110 section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private OptionCheck() {}

  static long between(String option, long lowest, long highest, long value) {
    if (value < lowest || value > highest) {
      throw new OptionException(
          option, "must be from " + lowest + " to " + highest + ", not " + value);
    }
    return value;
  }

  static int between(String option, int lowest, int highest, int value) {
    return (int) between(option, (long) lowest, highest, value);
  }

  static Duration positive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new OptionException(option, "must be above zero, not " + value);
    }
    return bounded(option, value);
  }

  static Duration notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new OptionException(option, "must not be negative, as " + value + " is");
    }
    return bounded(option, value);
  }

  static List<String> distinctTokens(String option, List<String> values) {
    for (String value : values) {
      if (!TOKEN.matcher(value).matches()) {
        throw new OptionException(option, "'" + value + "' is not a token (RFC 6455 section 4.1)");
      }
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new OptionException(option, "has an element twice: " + values);
    }
    return List.copyOf(values);
  }

  /** Such as browsers send, so that they can match. */
  static List<String> origins(String option, List<String> values) {
    try {
      return values.stream().map(ConfiguredOrigin::check).toList();
    } catch (IllegalArgumentException e) {
      throw new OptionException(option, String.valueOf(e.getMessage()));
    }
  }

  private static Duration bounded(String option, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      throw new OptionException(
          option, "must be at most " + LONGEST.toDays() + " days, not " + value);
    }
    return value;
  }
}
