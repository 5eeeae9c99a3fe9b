package io.github.upgradehandler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The options of the event streams of one servlet. Immutable.
 *
 * @param heartbeatInterval silence after which a comment is sent, above zero; it also finds out
 *     that a client is gone
 * @param sendTimeout time without progress in sending after which a stream is ended, above zero
 * @param retry how long a browser is to wait before it comes back, above zero
 * @param historyBytes bytes of events kept of each room, for clients that come back; from 0 to
 *     {@code outboundLimitBytes}
 * @param historyTime how long they are kept after the last client of the room has gone
 * @param maxHistories rooms of which events are kept, from 0; beyond, those without clients are
 *     forgotten, first the one whose last client went longest ago
 * @param outboundLimitBytes bytes that may wait for one client, which is ended beyond; from 1,024
 * @param drainTimeout time that undeploying waits for what is not sent yet
 * @param allowedOrigins origins whose pages are let in beside the server's own, such as {@code
 *     https://app.example}, with the user's cookies; {@code *} for all others, without
 * @param closeWithSession whether streams that were opened with an HTTP session end when it ends,
 *     by logging out or by its timeout
 * @param guards asked before a stream is opened, in this order; in code only, since they are
 *     objects. Those that act on messages, of which a stream's client sends none, refuse everyone
 */
public record EventStreamConfig(
    Duration heartbeatInterval,
    Duration sendTimeout,
    Duration retry,
    int historyBytes,
    Duration historyTime,
    int maxHistories,
    int outboundLimitBytes,
    Duration drainTimeout,
    List<String> allowedOrigins,
    boolean closeWithSession,
    List<Guard> guards) {

  private static final int DEFAULT_MAX_HISTORIES = 1_000;
  private static final int LEAST_OUTBOUND_LIMIT = 1024;

  /** All defaults. */
  public static final EventStreamConfig DEFAULT =
      new EventStreamConfig(
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          256 << 10,
          Duration.ofMinutes(2),
          DEFAULT_MAX_HISTORIES,
          512 << 10,
          Duration.ofSeconds(5),
          List.of(),
          false,
          List.of());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range; names it
   */
  public EventStreamConfig {
    check("heartbeatInterval", () -> ConfigCheck.positive(heartbeatInterval));
    check("sendTimeout", () -> ConfigCheck.positive(sendTimeout));
    check("retry", () -> ConfigCheck.positive(retry));
    check("historyTime", () -> ConfigCheck.notNegative(historyTime));
    check("maxHistories", () -> ConfigCheck.between(0, Integer.MAX_VALUE, maxHistories));
    check("drainTimeout", () -> ConfigCheck.notNegative(drainTimeout));
    check(
        "outboundLimitBytes",
        () -> ConfigCheck.between(LEAST_OUTBOUND_LIMIT, Integer.MAX_VALUE, outboundLimitBytes));
    // Whoever comes back may be sent all of it at once.
    check("historyBytes", () -> ConfigCheck.between(0, outboundLimitBytes, historyBytes));
    List<String> origins = List.copyOf(allowedOrigins);
    check("allowedOrigins", () -> ConfigCheck.origins(origins));
    allowedOrigins = origins;
    guards = List.copyOf(guards);
  }

  /** With the defaults of {@link #maxHistories} and {@link #closeWithSession}. */
  public EventStreamConfig(
      Duration heartbeatInterval,
      Duration sendTimeout,
      Duration retry,
      int historyBytes,
      Duration historyTime,
      int outboundLimitBytes,
      Duration drainTimeout,
      List<String> allowedOrigins,
      List<Guard> guards) {
    this(
        heartbeatInterval,
        sendTimeout,
        retry,
        historyBytes,
        historyTime,
        DEFAULT_MAX_HISTORIES,
        outboundLimitBytes,
        drainTimeout,
        allowedOrigins,
        false,
        guards);
  }

  /** The same with other {@link #guards}. */
  public EventStreamConfig withGuards(Guard... others) {
    return new EventStreamConfig(
        heartbeatInterval,
        sendTimeout,
        retry,
        historyBytes,
        historyTime,
        maxHistories,
        outboundLimitBytes,
        drainTimeout,
        allowedOrigins,
        closeWithSession,
        List.of(others));
  }

  /** The same with another {@link #closeWithSession}. */
  public EventStreamConfig withCloseWithSession(boolean value) {
    return new EventStreamConfig(
        heartbeatInterval,
        sendTimeout,
        retry,
        historyBytes,
        historyTime,
        maxHistories,
        outboundLimitBytes,
        drainTimeout,
        allowedOrigins,
        value,
        guards);
  }

  /**
   * The options from text, such as the init-params of a servlet.
   *
   * @throws IllegalArgumentException if an option is unknown or malformed; names it
   */
  public static EventStreamConfig of(EventStreamConfig defaults, Map<String, String> texts) {
    Texts given = new Texts(texts);
    EventStreamConfig config =
        new EventStreamConfig(
            given.duration("heartbeatInterval", defaults.heartbeatInterval),
            given.duration("sendTimeout", defaults.sendTimeout),
            given.duration("retry", defaults.retry),
            given.integer("historyBytes", defaults.historyBytes),
            given.duration("historyTime", defaults.historyTime),
            given.integer("maxHistories", defaults.maxHistories),
            given.integer("outboundLimitBytes", defaults.outboundLimitBytes),
            given.duration("drainTimeout", defaults.drainTimeout),
            given.list("allowedOrigins", defaults.allowedOrigins),
            given.bool("closeWithSession", defaults.closeWithSession),
            defaults.guards);
    given.checkAllKnown();
    return config;
  }

  private static void check(String option, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("option '" + option + "': " + e.getMessage(), e);
    }
  }

  /** Options as text, each to be asked for by its name. */
  private static final class Texts {

    private final Map<String, String> texts;
    private final Set<String> known = new TreeSet<>();

    Texts(Map<String, String> texts) {
      this.texts = texts;
    }

    Duration duration(String option, Duration otherwise) {
      return value(option, ConfigOption::duration, otherwise);
    }

    int integer(String option, int otherwise) {
      return value(option, ConfigOption::integer, otherwise);
    }

    boolean bool(String option, boolean otherwise) {
      return value(option, ConfigOption::bool, otherwise);
    }

    List<String> list(String option, List<String> otherwise) {
      return value(option, ConfigOption::list, otherwise);
    }

    void checkAllKnown() {
      for (String option : texts.keySet()) {
        if (!known.contains(option)) {
          throw new IllegalArgumentException(
              "unknown option '" + option + "'; there are " + String.join(", ", known));
        }
      }
    }

    private <T> T value(String option, Function<String, T> parser, T otherwise) {
      known.add(option);
      String text = texts.get(option);
      if (text == null) {
        return otherwise;
      }
      try {
        return parser.apply(text.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "option '" + option + "' = '" + text + "': " + e.getMessage(), e);
      }
    }
  }
}
