package io.github.upgradehandler;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text of an option is read, for {@link Options}. */
final class OptionKinds {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h)|0");

  private OptionKinds() {}

  static Long number(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number");
    }
  }

  static Integer integer(String value) {
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number up to 2147483647");
    }
  }

  static Boolean bool(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  static OverflowPolicy policy(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "close" -> OverflowPolicy.CLOSE;
      case "drop" -> OverflowPolicy.DROP;
      default -> throw new IllegalArgumentException("is neither close nor drop");
    };
  }

  static Duration duration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not a time such as 500ms, 20s, 2m, 1h or 0");
    }
    if (matcher.group(1) == null) {
      return Duration.ZERO;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  static List<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
