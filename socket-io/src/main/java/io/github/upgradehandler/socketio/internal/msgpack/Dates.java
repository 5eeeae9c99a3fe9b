package io.github.upgradehandler.socketio.internal.msgpack;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as JSON of JavaScript has them: always with milliseconds. */
public final class Dates {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Dates() {}

  /** A time to the millisecond, in UTC. */
  public static String text(Instant time) {
    return FORMAT.format(time);
  }
}
