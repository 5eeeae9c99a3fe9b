package io.github.upgradehandler.benchmarks.scale;

/**
 * What a server needs for so many connections. CPU is the server's process's.
 *
 * @param connections that were open; one in a hundred of them is active for a while
 * @param openMicros CPU of opening one, its first message included
 * @param heapBytes of each
 * @param nativeBytes of each, beside the heap, without the kernel's
 * @param quietCores CPU per time while nothing but pings is exchanged
 * @param activeCores the same while one connection in a hundred sends 10 messages a second
 * @param activeP99Micros from such a message to its echo
 * @param broadcastMillis from a message to its arrival at the last of all
 * @param broadcastMicros CPU of each delivery
 * @param drainMillis from the order to stop to the last connection's end
 * @param goingAway the part, from 0 to 1, of connections that were told so, by 1001
 */
public record ScaleMeasurement(
    String container,
    String implementation,
    int connections,
    double openMicros,
    double heapBytes,
    double nativeBytes,
    double quietCores,
    double activeCores,
    double activeP99Micros,
    double broadcastMillis,
    double broadcastMicros,
    double drainMillis,
    double goingAway) {}
