package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.spi.ConnectionCounters;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the connections of a group have done so far. Counting never makes threads wait. */
public final class Counters implements ConnectionCounters {

  private final LongAdder connections = new LongAdder();
  private final LongAdder messagesReceived = new LongAdder();
  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final Map<Integer, LongAdder> closed = new ConcurrentHashMap<>();

  Counters() {}

  @Override
  public long connections() {
    return connections.sum();
  }

  @Override
  public long messagesReceived() {
    return messagesReceived.sum();
  }

  @Override
  public long messagesSent() {
    return messagesSent.sum();
  }

  @Override
  public long bytesReceived() {
    return bytesReceived.sum();
  }

  @Override
  public long bytesSent() {
    return bytesSent.sum();
  }

  @Override
  public Map<Integer, Long> closedByCode() {
    Map<Integer, Long> counts = new TreeMap<>();
    closed.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  void connected() {
    connections.increment();
  }

  void messagesReceived(int count) {
    messagesReceived.add(count);
  }

  void messagesSent(int count) {
    messagesSent.add(count);
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
