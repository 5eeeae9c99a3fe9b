package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What is done in Redis at once, with nothing between. */
enum Script {
  /** Appends entries, once, and pushes them. */
  APPEND(true),
  /** Reads a part of a log. */
  READ(true),
  /** Reads where a log ends. */
  TOP(true),
  /** Begins or renews the lease of a node, and reads whose leases run. */
  LEASE(false),
  /** Puts what a node has in a room, and pushes it. */
  PUT(false),
  /** Reads what all nodes have in a room. */
  PARTS(false);

  private final byte[] text;

  Script(boolean ofLog) {
    String own = resource(name().toLowerCase(Locale.ROOT) + ".lua");
    text = (ofLog ? resource("open.lua") + own : own).getBytes(UTF_8);
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
