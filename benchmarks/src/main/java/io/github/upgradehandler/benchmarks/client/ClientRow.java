package io.github.upgradehandler.benchmarks.client;

/** What of a client is measured. */
public enum ClientRow {
  /** One small message at a time. */
  ECHO_32B_DEPTH_1("client-32b-d1", "64 × 32 B text, depth 1", Load.ECHO, 64, 32, 1),
  /** Many small messages at a time. */
  ECHO_32B_DEPTH_64("client-32b-d64", "64 × 32 B text, depth 64", Load.ECHO, 64, 32, 64),
  /** Very large messages. */
  ECHO_1M_DEPTH_1("client-1m-d1", "4 × 1 MiB binary, depth 1", Load.ECHO, 4, 1 << 20, 1),
  /** Connections that come and go, 16 at the same time. */
  CONNECT("client-connect", "connect, upgrade, close", Load.CONNECT, 16, 32, 1),
  /** Connections that have had one message, and nothing since: heap and threads. */
  IDLE("client-idle", "1,000 idle connections", Load.IDLE, 1000, 32, 1);

  /** What is done with each connection. */
  enum Load {
    ECHO,
    CONNECT,
    IDLE
  }

  private static final int LARGEST_TEXT = 1 << 10;

  private final String id;
  private final String title;
  private final Load load;
  private final int connections;
  private final int payloadBytes;
  private final int depth;

  ClientRow(String id, String title, Load load, int connections, int payloadBytes, int depth) {
    this.id = id;
    this.title = title;
    this.load = load;
    this.connections = connections;
    this.payloadBytes = payloadBytes;
    this.depth = depth;
  }

  /** The name on the command line and in results. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** Whether it is memory and threads that are measured. */
  public boolean isMemory() {
    return load == Load.IDLE;
  }

  Load load() {
    return load;
  }

  int connections() {
    return connections;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  int depth() {
    return depth;
  }

  boolean isText() {
    return payloadBytes <= LARGEST_TEXT;
  }
}
