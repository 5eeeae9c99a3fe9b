package io.github.upgradehandler.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which server this is, and since when.
 *
 * @param runId another after each start of the process
 * @param replication names the data set's history: another after each promotion
 */
record ServerInfo(String runId, String replication) {

  /** One that does not say. */
  static final ServerInfo UNKNOWN = new ServerInfo("", "");

  /** By which a log knows that its data has changed hands; empty: it never knows. */
  String incarnation() {
    return runId + replication;
  }

  /**
   * Whether it says which it is. Not by {@code equals}: of a record that keeps the class loader in
   * a cache of JDK 17.
   */
  boolean isKnown() {
    return !incarnation().isEmpty();
  }

  /** The lines of INFO. */
  static Map<String, String> parse(String info) {
    Map<String, String> values = new LinkedHashMap<>();
    info.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).trim());
              }
            });
    return values;
  }
}
