package io.github.upgradehandler.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * One row on one server, once. What a row does not measure is null.
 *
 * @param row its id
 * @param round which turn, from 1
 * @param error what went wrong; then nothing was measured
 * @param perSecond messages, deliveries or connections
 * @param cpuMicros CPU time of the server for each of them, in microseconds
 * @param serverCores CPU time of the server per time
 * @param clientCores that of the client: near 1 it was the client that could not do more
 * @param noiseCores that of everything else on the machine
 * @param p50Micros latency in microseconds, at depth 1
 * @param heapBytes of a connection
 * @param nativeBytes of a connection, beside the heap, without the kernel's
 * @param p50WithStalledMicros latency while some members of the room do not read; without them it
 *     is {@code p50Micros}
 * @param stalledEnded the part, from 0 to 1, of those members that the server has ended
 */
public record Measurement(
    String row,
    String container,
    String implementation,
    int round,
    @Nullable String error,
    @Nullable Double perSecond,
    @Nullable Double cpuMicros,
    @Nullable Double serverCores,
    @Nullable Double clientCores,
    @Nullable Double noiseCores,
    @Nullable Double p50Micros,
    @Nullable Double p99Micros,
    @Nullable Double p999Micros,
    @Nullable Double heapBytes,
    @Nullable Double nativeBytes,
    @Nullable Double p50WithStalledMicros,
    @Nullable Double p99WithStalledMicros,
    @Nullable Double stalledEnded) {

  /** How much later messages arrive while some members do not read. */
  public @Nullable Double p99Ratio() {
    return p99Micros == null || p99WithStalledMicros == null
        ? null
        : p99WithStalledMicros / p99Micros;
  }

  static Measurement failed(Row row, Server server, int round, String error) {
    return withoutLoad(row, server, round, error, null, null);
  }

  static Measurement memory(Row row, Server server, int round, double heap, double nativeBytes) {
    return withoutLoad(row, server, round, null, heap, nativeBytes);
  }

  private static Measurement withoutLoad(
      Row row,
      Server server,
      int round,
      @Nullable String error,
      @Nullable Double heapBytes,
      @Nullable Double nativeBytes) {
    return new Measurement(
        row.id(),
        server.container(),
        server.implementation().label(),
        round,
        error,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        heapBytes,
        nativeBytes,
        null,
        null,
        null);
  }
}
