package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What is done in Redis at once, with nothing between. */
enum Script {
  /** Appends entries, once, and pushes them. */
  APPEND,
  /** Reads a part of a log. */
  READ,
  /** Reads where a log ends. */
  TOP;

  private final byte[] text;

  Script() {
    text =
        (resource("open.lua") + resource(name().toLowerCase(java.util.Locale.ROOT) + ".lua"))
            .getBytes(UTF_8);
  }

  private static String resource(String name) {
    try (InputStream stream = Script.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] text() {
    return text;
  }
}
