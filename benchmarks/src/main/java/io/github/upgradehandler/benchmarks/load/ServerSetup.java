package io.github.upgradehandler.benchmarks.load;

import java.util.List;

/**
 * What a server is told when it starts.
 *
 * @param maxMessageBytes the largest message; 0 for what the implementation has by default
 * @param compression whether permessage-deflate is agreed on with clients that offer it
 * @param sendBufferBytes of each connection; 0 for what the system chooses
 * @param pingSeconds between two pings to a connection that is quiet; 0 for none
 * @param contextTakeover whether messages that are compressed build on those before
 * @param keyStore for TLS; empty without
 * @param paceMillis between two messages that it sends to all by itself; 0 for none
 * @param redis the URI of what makes it one with other nodes; empty if it is alone
 * @param logged whether what they tell each other stands in a log
 * @param heapGiB the JVM's heap, all of it from the start
 */
public record ServerSetup(
    int maxMessageBytes,
    boolean compression,
    int sendBufferBytes,
    int pingSeconds,
    boolean contextTakeover,
    String keyStore,
    int paceMillis,
    String redis,
    boolean logged,
    int heapGiB) {

  /** The heap of a server on which a row is measured. */
  public static final int ROW_HEAP_GIB = 1;

  /** What every implementation takes without being told to. */
  private static final int TAKEN_BY_DEFAULT = 8 << 10;

  /** Room for some messages, and soon full if nobody reads. */
  private static final int SMALL_SEND_BUFFER = 64 << 10;

  /** 50 a second. */
  private static final int PACE_MILLIS = 20;

  static ServerSetup of(Row row, String redis) {
    return new ServerSetup(
        // Some allocate for every connection what the bound allows: raised only where it must be.
        row.payloadBytes() > TAKEN_BY_DEFAULT ? row.payloadBytes() : 0,
        row.compression(),
        row.load() == Load.STALLED ? SMALL_SEND_BUFFER : 0,
        0,
        row.contextTakeover(),
        row.tls() ? Tls.keyStore().toString() : "",
        row.load() == Load.LISTEN || row.load() == Load.EVENT_STREAMS ? PACE_MILLIS : 0,
        redis,
        row.sharing() == Sharing.LOGGED,
        ROW_HEAP_GIB);
  }

  /** Without anything special but a bound on messages; 0 for what is the default. */
  public static ServerSetup of(int maxMessageBytes) {
    return new ServerSetup(maxMessageBytes, false, 0, 0, false, "", 0, "", false, ROW_HEAP_GIB);
  }

  /** Of idle connections. */
  public static ServerSetup withPings(int seconds, int heapGiB) {
    return new ServerSetup(0, false, 0, seconds, false, "", 0, "", false, heapGiB);
  }

  /** The garbage collector is {@code -Dcollector}, such as G1GC. */
  static List<String> flags(int heapGiB) {
    return List.of(
        "-XX:+Use" + System.getProperty("collector", "ParallelGC"),
        "-Xms" + heapGiB + "g",
        "-Xmx" + heapGiB + "g",
        "-XX:+AlwaysPreTouch");
  }

  /** For the main class, see {@link io.github.upgradehandler.benchmarks.server}. */
  List<String> arguments() {
    return List.of(
        Integer.toString(maxMessageBytes),
        Boolean.toString(compression),
        Integer.toString(sendBufferBytes),
        Integer.toString(pingSeconds),
        Boolean.toString(contextTakeover),
        keyStore,
        Integer.toString(paceMillis),
        redis,
        Boolean.toString(logged));
  }
}
