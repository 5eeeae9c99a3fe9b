package io.github.upgradehandler.benchmarks.resume;

/**
 * Clients that were away come back to two nodes at once, and get the one message that they missed.
 *
 * @param clients how many
 * @param foreign messages to a room that they are not in, which came meanwhile
 * @param millis from the first that connects to the last that has its message
 * @param cpuMillis of both nodes and Redis together, in that time
 */
public record ResumeMeasurement(
    String container,
    String implementation,
    int turn,
    int clients,
    int foreign,
    double millis,
    double cpuMillis) {}
