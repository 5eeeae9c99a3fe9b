package io.github.upgradehandler.benchmarks.load;

/** What is measured. */
public enum Row {
  /** One small message at a time. */
  ECHO_32B_DEPTH_1("32b-d1", "64 × 32 B text, depth 1", Load.ECHO, 64, Payload.TEXT, 32, 1),
  /** Many small messages at a time. */
  ECHO_32B_DEPTH_64("32b-d64", "64 × 32 B text, depth 64", Load.ECHO, 64, Payload.TEXT, 32, 64),
  /** Text of a usual size. */
  ECHO_1K_DEPTH_16("1k-d16", "64 × 1 KiB text, depth 16", Load.ECHO, 64, Payload.TEXT, 1 << 10, 16),
  /** Text of more than one byte for a character. */
  MULTI_BYTE_1K_DEPTH_16(
      "1k-utf8",
      "64 × 1 KiB multi-byte text, depth 16",
      Load.ECHO,
      64,
      Payload.MULTI_BYTE_TEXT,
      1 << 10,
      16),
  /** Messages that come in pieces. */
  FRAGMENTS_4K_DEPTH_4(
      "4k-fragments",
      "64 × 4 KiB text in fragments of 256 B, depth 4",
      Load.ECHO,
      64,
      Payload.FRAGMENTED_TEXT,
      4 << 10,
      4),
  /** A connection alone: nothing of its costs is shared. */
  ECHO_ONE_DEPTH_1("32b-one", "1 × 32 B text, depth 1", Load.ECHO, 1, Payload.TEXT, 32, 1),
  /** More connections than caches hold. */
  ECHO_THOUSAND_DEPTH_1(
      "32b-1000", "1,000 × 32 B text, depth 1", Load.ECHO, 1000, Payload.TEXT, 32, 1),
  /** Most messages are short and some are long, as in a chat. */
  MIXED_DEPTH_4(
      "mixed", "64 × 1 B to 64 KiB text, depth 4", Load.ECHO, 64, Payload.MIXED_TEXT, 64 << 10, 4),
  /** Text of a usual size, compressed. */
  DEFLATE_1K_DEPTH_16(
      "1k-deflate",
      "64 × 1 KiB JSON, compressed, depth 16",
      Load.ECHO,
      64,
      Payload.DEFLATED_JSON,
      1 << 10,
      16),
  /** The same, where an answer builds on those before it. */
  DEFLATE_TAKEOVER_1K_DEPTH_16(
      "1k-takeover",
      "64 × 1 KiB JSON, compressed with context takeover, depth 16",
      Load.ECHO,
      64,
      Payload.DEFLATED_JSON_TAKEOVER,
      1 << 10,
      16),
  /** One small message at a time, over TLS. */
  TLS_32B_DEPTH_1("tls-32b-d1", "TLS: 64 × 32 B text, depth 1", Load.ECHO, 64, Payload.TEXT, 32, 1),
  /** Text of a usual size, over TLS. */
  TLS_1K_DEPTH_16(
      "tls-1k-d16", "TLS: 64 × 1 KiB text, depth 16", Load.ECHO, 64, Payload.TEXT, 1 << 10, 16),
  /** Large messages. */
  ECHO_64K_DEPTH_4(
      "64k-d4", "64 × 64 KiB binary, depth 4", Load.ECHO, 64, Payload.BINARY, 64 << 10, 4),
  /** Very large messages. */
  ECHO_1M_DEPTH_1("1m-d1", "4 × 1 MiB binary, depth 1", Load.ECHO, 4, Payload.BINARY, 1 << 20, 1),
  /** Each message to all; what counts is a delivery. */
  BROADCAST(
      "broadcast",
      "broadcast to 200, 64 B text, depth 8",
      Load.BROADCAST,
      200,
      Payload.TEXT,
      64,
      8),
  /** What a thread of the application sends to all; what counts is a delivery. */
  BROADCAST_TIMER(
      "broadcast-timer",
      "50 broadcasts a second to 200 by a timer's thread, 64 B text",
      Load.LISTEN,
      200,
      Payload.TEXT,
      64,
      1),
  /** The same on event streams. */
  EVENTS(
      "events",
      "event streams: 50 events a second to 200 by a timer's thread, 64 B text",
      Load.EVENT_STREAMS,
      200,
      Payload.TEXT,
      64,
      1),
  /** Connections that come and go, 16 at the same time. */
  CONNECT("connect", "connect, upgrade, close", Load.CONNECT, 16, Payload.TEXT, 32, 1),
  /** Connections that have had one message, and nothing since. */
  IDLE("idle", "2,000 idle connections", Load.IDLE, 2000, Payload.TEXT, 32, 1),
  /** A room's broadcast, with and without members that do not read. */
  STALLED(
      "stalled",
      "20 broadcasts a second to 1,000, 8 KiB text, with and without 10 that stop reading",
      Load.STALLED,
      1000,
      Payload.TEXT,
      8 << 10,
      1),
  /** Socket.IO: one event at a time. */
  SOCKET_IO_DEPTH_1(
      "sio-d1", "Socket.IO: 64 × 32 B event, depth 1", Load.ECHO, 64, Payload.EVENT, 32, 1),
  /** Socket.IO: many events at a time. */
  SOCKET_IO_DEPTH_16(
      "sio-d16", "Socket.IO: 64 × 32 B event, depth 16", Load.ECHO, 64, Payload.EVENT, 32, 16),
  /** Socket.IO: each event to all; what counts is a delivery. */
  SOCKET_IO_BROADCAST(
      "sio-broadcast",
      "Socket.IO: broadcast to 1,000, 64 B event, depth 4",
      Load.BROADCAST,
      1000,
      Payload.BROADCAST_EVENT,
      64,
      4),
  /** Socket.IO: an event by a POST, and its acknowledgement by a GET. */
  SOCKET_IO_POLLING(
      "sio-polling",
      "Socket.IO: 16 × 32 B event by polling, depth 1",
      Load.POLLING,
      16,
      Payload.EVENT,
      32,
      1),
  /** Socket.IO: sessions that come and go, 16 at the same time. */
  SOCKET_IO_CONNECT(
      "sio-connect",
      "Socket.IO: connect, upgrade, join, close",
      Load.CONNECT,
      16,
      Payload.EVENT,
      32,
      1),
  /** Socket.IO: sessions that have had one event, and nothing since. */
  SOCKET_IO_IDLE(
      "sio-idle", "Socket.IO: 2,000 idle sessions", Load.IDLE, 2000, Payload.EVENT, 32, 1),
  /** A room of one node at half load, to compare those of two with. */
  ROOM_PACED(
      "room-paced",
      "room of 200, 64 B text, 200 messages a second",
      Load.PACED,
      200,
      Payload.TEXT,
      64,
      1),
  /** The same with two nodes. */
  NODES_PACED("nodes-paced", "room of 2 × 100, 200 messages a second", Load.PACED, Sharing.PLAIN),
  /** The same with a log. */
  LOG_PACED(
      "log-paced", "logged room of 2 × 100, 200 messages a second", Load.PACED, Sharing.LOGGED),
  /** A room of two nodes; what counts is a delivery, here and below. */
  NODES_DEPTH_1("nodes-d1", "room of 2 × 100, 64 B text, depth 1", Sharing.PLAIN, Payload.TEXT, 1),
  /** The same, many at a time. */
  NODES_DEPTH_8("nodes-d8", "room of 2 × 100, 64 B text, depth 8", Sharing.PLAIN, Payload.TEXT, 8),
  /** A logged room of two nodes. */
  LOG_DEPTH_1("log-d1", "logged room of 2 × 100, depth 1", Sharing.LOGGED, Payload.TEXT, 1),
  /** The same, many at a time. */
  LOG_DEPTH_8("log-d8", "logged room of 2 × 100, depth 8", Sharing.LOGGED, Payload.TEXT, 8),
  /** Socket.IO: two nodes. */
  SOCKET_IO_NODES_DEPTH_1(
      "sio-nodes-d1", "Socket.IO: 2 × 100, depth 1", Sharing.PLAIN, Payload.BROADCAST_EVENT, 1),
  /** The same, many at a time. */
  SOCKET_IO_NODES_DEPTH_8(
      "sio-nodes-d8", "Socket.IO: 2 × 100, depth 8", Sharing.PLAIN, Payload.BROADCAST_EVENT, 8),
  /** Socket.IO: two nodes, with recovery. */
  SOCKET_IO_LOG_DEPTH_1(
      "sio-log-d1",
      "Socket.IO: 2 × 100 with recovery, depth 1",
      Sharing.LOGGED,
      Payload.BROADCAST_EVENT,
      1),
  /** The same, many at a time. */
  SOCKET_IO_LOG_DEPTH_8(
      "sio-log-d8",
      "Socket.IO: 2 × 100 with recovery, depth 8",
      Sharing.LOGGED,
      Payload.BROADCAST_EVENT,
      8);

  private static final String NODES = "two nodes and Redis: ";

  private final String id;
  private final String title;
  private final Load load;
  private final int connections;
  private final Payload payload;
  private final int payloadBytes;
  private final int depth;
  private final Sharing sharing;

  /** What is sent to all of several nodes. */
  Row(String id, String title, Sharing sharing, Payload payload, int depth) {
    this(id, NODES + title, Load.BROADCAST, 200, payload, 64, depth, sharing);
  }

  /** Text that is sent to all of several nodes. */
  Row(String id, String title, Load load, Sharing sharing) {
    this(id, NODES + title, load, 200, Payload.TEXT, 64, 1, sharing);
  }

  /** On one node. */
  Row(
      String id,
      String title,
      Load load,
      int connections,
      Payload payload,
      int payloadBytes,
      int depth) {
    this(id, title, load, connections, payload, payloadBytes, depth, Sharing.NONE);
  }

  Row(
      String id,
      String title,
      Load load,
      int connections,
      Payload payload,
      int payloadBytes,
      int depth,
      Sharing sharing) {
    this.id = id;
    this.title = title;
    this.load = load;
    this.connections = connections;
    this.payload = payload;
    this.payloadBytes = payloadBytes;
    this.depth = depth;
    this.sharing = sharing;
  }

  /** The name on the command line and in results. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  Load load() {
    return load;
  }

  int connections() {
    return connections;
  }

  Payload payload() {
    return payload;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  int depth() {
    return depth;
  }

  /** Whether several nodes are one, and how. */
  public Sharing sharing() {
    return sharing;
  }

  boolean compression() {
    return payload == Payload.DEFLATED_JSON || contextTakeover();
  }

  /** Whether the server's answers build on those before (RFC 7692 section 7.1.1.1). */
  boolean contextTakeover() {
    return payload == Payload.DEFLATED_JSON_TAKEOVER;
  }

  /** Whether the client does not sleep: that of a pace would be woken by each write. */
  boolean isAwake() {
    return sharing != Sharing.NONE || load.isPaced();
  }

  /** Whether it is spoken over TLS. */
  boolean tls() {
    return this == TLS_32B_DEPTH_1 || this == TLS_1K_DEPTH_16;
  }

  /** Whether it is the CPU time of a load that is measured. */
  public boolean isProfiled() {
    return !isMemory() && load != Load.STALLED;
  }

  /** Whether it is what a connection takes of the memory that is measured. */
  public boolean isMemory() {
    return load == Load.IDLE;
  }

  /** Whether Socket.IO is spoken. */
  public boolean isSocketIo() {
    return payload == Payload.EVENT || payload == Payload.BROADCAST_EVENT;
  }

  /** Whether native WebSocket has it too: rooms and Socket.IO are this library's. */
  public boolean isCompared() {
    return load != Load.STALLED && load != Load.PACED && !isSocketIo() && sharing == Sharing.NONE;
  }

  String path() {
    if (isSocketIo()) {
      return "/socket.io/?EIO=4&transport=websocket";
    }
    return sharing == Sharing.NONE ? load.path() : "/room";
  }
}
