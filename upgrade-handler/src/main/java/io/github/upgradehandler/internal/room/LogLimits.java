package io.github.upgradehandler.internal.room;

import java.time.Duration;

/**
 * Bounds of what a node does for the log of a room.
 *
 * @param tailBytes kept of the latest entries
 * @param pendingBytes kept of entries that came before it was their turn
 * @param readEntries read at once to fill a gap
 * @param resumeEntries sent at most to one that comes back
 * @param resumeBytes the same in bytes of payload
 * @param extension how long what was read for one that came back is kept for others
 * @param firstRetry how long to wait where the engine has failed, at first
 * @param lastRetry the most, after doubling
 */
public record LogLimits(
    int tailBytes,
    int pendingBytes,
    int readEntries,
    int resumeEntries,
    int resumeBytes,
    Duration extension,
    Duration firstRetry,
    Duration lastRetry) {

  /** What is used unless a test says otherwise. */
  public static final LogLimits DEFAULTS =
      new LogLimits(
          64 << 10,
          1 << 20,
          1000,
          1000,
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofMillis(50),
          Duration.ofSeconds(5));
}
