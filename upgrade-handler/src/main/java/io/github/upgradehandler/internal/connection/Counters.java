package io.github.upgradehandler.internal.connection;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the connections of a group have done so far. Counting never makes threads wait. */
public final class Counters {

  private final LongAdder connections = new LongAdder();
  private final LongAdder messagesReceived = new LongAdder();
  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final Map<Integer, LongAdder> closed = new ConcurrentHashMap<>();

  Counters() {}

  /** Connections, those that have ended included. */
  public long connections() {
    return connections.sum();
  }

  /** Whole messages that the handlers were given. */
  public long messagesReceived() {
    return messagesReceived.sum();
  }

  /** Whole messages that were accepted for sending. */
  public long messagesSent() {
    return messagesSent.sum();
  }

  /** Bytes read, frame headers and control frames included. */
  public long bytesReceived() {
    return bytesReceived.sum();
  }

  /** Bytes given to the transport, frame headers and control frames included. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Connections that have ended, by the code that their handlers were given; a snapshot. */
  public Map<Integer, Long> closedByCode() {
    Map<Integer, Long> counts = new TreeMap<>();
    closed.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  void connected() {
    connections.increment();
  }

  void messageReceived() {
    messagesReceived.increment();
  }

  void messageSent() {
    messagesSent.increment();
  }

  void received(int bytes) {
    bytesReceived.add(bytes);
  }

  void sent(int bytes) {
    bytesSent.add(bytes);
  }

  void closed(int code) {
    closed.computeIfAbsent(code, first -> new LongAdder()).increment();
  }
}
