package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.LogCounts;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Counts, tells the listener, and shows all of it in JMX. Changed by the worker, but for counts.
 */
final class Monitor implements RedisMXBean {

  private final RedisListener listener;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder fills = new LongAdder();
  private final Set<Engine.Listener> rooms = ConcurrentHashMap.newKeySet();
  private @Nullable ObjectName registered;

  private volatile RedisStatus status =
      new RedisStatus(false, Instant.now(), "not connected yet", "", 0, Duration.ZERO, 0);

  Monitor(RedisListener listener) {
    this.listener = listener;
  }

  /** Shows it in JMX; where that forbids it, it is done without. */
  void register(String namespace, String node) {
    try {
      ObjectName name =
          new ObjectName(
              "io.github.upgradehandler:type=Redis,namespace=" + namespace + ",node=" + node);
      ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
      registered = name;
    } catch (JMException | RuntimeException e) {
      Worker.LOG.log(Level.WARNING, "Redis is not to be seen in JMX", e);
    }
  }

  /** Else JMX would keep the web application's class loader. */
  void unregister() {
    ObjectName name = registered;
    registered = null;
    if (name != null) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
      } catch (JMException | RuntimeException e) {
        Worker.LOG.log(Level.WARNING, "cannot unregister " + name, e);
      }
    }
  }

  RedisStatus status() {
    RedisStatus now = status;
    return new RedisStatus(
        now.connected(),
        now.since(),
        now.reason(),
        now.incarnation(),
        now.connections(),
        now.probe(),
        dropped.sum());
  }

  void connected(String incarnation) {
    status =
        new RedisStatus(
            true, Instant.now(), "", incarnation, status.connections() + 1, Duration.ZERO, 0);
    listener.back(status());
  }

  void away(String reason) {
    status = gone(Instant.now(), reason);
    listener.away(status());
  }

  void failed(String reason) {
    status = gone(status.since(), reason);
  }

  private RedisStatus gone(Instant since, String reason) {
    return new RedisStatus(false, since, reason, "", status.connections(), status.probe(), 0);
  }

  void probed(long nanos) {
    RedisStatus now = status;
    status =
        new RedisStatus(
            now.connected(),
            now.since(),
            now.reason(),
            now.incarnation(),
            now.connections(),
            Duration.ofNanos(nanos),
            0);
  }

  /** Something was asked for that had not come by itself. */
  void filled() {
    fills.increment();
  }

  /** What these have published is counted. */
  void add(Engine.Listener counted) {
    rooms.add(counted);
  }

  void remove(Engine.Listener counted) {
    rooms.remove(counted);
  }

  private LogCounts counts() {
    return rooms.stream().map(Engine.Listener::counts).reduce(LogCounts.ZERO, LogCounts::plus);
  }

  void dropped() {
    dropped.increment();
  }

  @Override
  public boolean isConnected() {
    return status.connected();
  }

  @Override
  public String getSince() {
    return status.since().toString();
  }

  @Override
  public String getReason() {
    return status.reason();
  }

  @Override
  public long getConnections() {
    return status.connections();
  }

  @Override
  public long getProbeMicros() {
    return status.probe().toNanos() / 1000;
  }

  @Override
  public long getDroppedMessages() {
    return dropped.sum();
  }

  @Override
  public long getHeldMessages() {
    return counts().held();
  }

  @Override
  public long getHeldBytes() {
    return counts().heldBytes();
  }

  @Override
  public long getRefusedMessages() {
    return counts().refused();
  }

  @Override
  public long getUnknownMessages() {
    return counts().unknown();
  }

  @Override
  public long getToldLost() {
    return counts().lost();
  }

  @Override
  public long getFills() {
    return fills.sum();
  }
}
