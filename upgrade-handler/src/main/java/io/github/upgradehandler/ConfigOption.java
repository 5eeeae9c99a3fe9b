package io.github.upgradehandler;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The options of {@link WebSocketConfig} that can be set from text, each by its name. */
enum ConfigOption {
  MAX_MESSAGE_BYTES(
      "maxMessageBytes", ConfigOption::number, WebSocketConfig.Builder::maxMessageBytes),
  MAX_FRAME_BYTES("maxFrameBytes", ConfigOption::number, WebSocketConfig.Builder::maxFrameBytes),
  MAX_FRAGMENTS("maxFragments", ConfigOption::integer, WebSocketConfig.Builder::maxFragments),
  OUTBOUND_WATERMARK_BYTES(
      "outboundWatermarkBytes",
      ConfigOption::integer,
      WebSocketConfig.Builder::outboundWatermarkBytes),
  OUTBOUND_LIMIT_BYTES(
      "outboundLimitBytes", ConfigOption::integer, WebSocketConfig.Builder::outboundLimitBytes),
  OVERFLOW_POLICY("overflowPolicy", ConfigOption::policy, WebSocketConfig.Builder::overflowPolicy),
  SEND_TIMEOUT("sendTimeout", ConfigOption::duration, WebSocketConfig.Builder::sendTimeout),
  PING_INTERVAL("pingInterval", ConfigOption::duration, WebSocketConfig.Builder::pingInterval),
  PONG_TIMEOUT("pongTimeout", ConfigOption::duration, WebSocketConfig.Builder::pongTimeout),
  FRAME_TIMEOUT("frameTimeout", ConfigOption::duration, WebSocketConfig.Builder::frameTimeout),
  CLOSE_TIMEOUT("closeTimeout", ConfigOption::duration, WebSocketConfig.Builder::closeTimeout),
  DRAIN_TIMEOUT("drainTimeout", ConfigOption::duration, WebSocketConfig.Builder::drainTimeout),
  DRAIN_CODE("drainCode", ConfigOption::integer, WebSocketConfig.Builder::drainCode),
  SUBPROTOCOLS("subprotocols", ConfigOption::list, WebSocketConfig.Builder::subprotocols),
  EXECUTOR("executor", name -> name, NamedExecutor::set),
  ALLOWED_ORIGINS("allowedOrigins", ConfigOption::list, WebSocketConfig.Builder::allowedOrigins),
  ORIGIN_REQUIRED("originRequired", ConfigOption::bool, WebSocketConfig.Builder::originRequired),
  CLOSE_WITH_SESSION(
      "closeWithSession", ConfigOption::bool, WebSocketConfig.Builder::closeWithSession),
  COMPRESSION("compression", ConfigOption::bool, WebSocketConfig.Builder::compression),
  COMPRESSION_THRESHOLD(
      "compressionThreshold", ConfigOption::integer, WebSocketConfig.Builder::compressionThreshold),
  COMPRESSION_LEVEL(
      "compressionLevel", ConfigOption::integer, WebSocketConfig.Builder::compressionLevel),
  COMPRESSION_CONTEXT_TAKEOVER(
      "compressionContextTakeover",
      ConfigOption::bool,
      WebSocketConfig.Builder::compressionContextTakeover);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h)|0");

  private final String optionName;
  private final Setter setter;

  <T> ConfigOption(
      String optionName,
      Function<String, T> parser,
      BiFunction<WebSocketConfig.Builder, T, WebSocketConfig.Builder> setter) {
    this.optionName = optionName;
    this.setter = (builder, value) -> setter.apply(builder, parser.apply(value));
  }

  static ConfigOption named(String name) {
    for (ConfigOption option : values()) {
      if (option.optionName.equals(name)) {
        return option;
      }
    }
    throw new IllegalArgumentException(
        "unknown option '"
            + name
            + "'; there are "
            + Arrays.stream(values()).map(o -> o.optionName).collect(Collectors.joining(", ")));
  }

  WebSocketConfig.Builder apply(WebSocketConfig.Builder builder, String value) {
    try {
      return setter.set(builder, value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option '" + optionName + "' = '" + value + "': " + e.getMessage(), e);
    }
  }

  private static Long number(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number", e);
    }
  }

  static Integer integer(String value) {
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number up to 2147483647", e);
    }
  }

  static Boolean bool(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static OverflowPolicy policy(String value) {
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

  private interface Setter {
    WebSocketConfig.Builder set(WebSocketConfig.Builder builder, String value);
  }
}
