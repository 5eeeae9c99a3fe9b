package io.github.upgradehandler.benchmarks.client;

import org.jspecify.annotations.Nullable;

/**
 * One row of one client.
 *
 * @param round from 1; in each all clients take turns
 * @param error why there is nothing else
 * @param perSecond messages, or connections
 * @param cpuMicros CPU time of the client's process for each
 * @param heapBytes of each connection
 * @param threads more than without connections
 */
public record ClientMeasurement(
    String row,
    String client,
    int round,
    @Nullable String error,
    @Nullable Double perSecond,
    @Nullable Double cpuMicros,
    @Nullable Double heapBytes,
    @Nullable Long threads) {}
