package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.spi.ConnectionGroup;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Shows a group in JMX for as long as its servlet is in service. */
final class EndpointMonitor implements EndpointMXBean, AutoCloseable {

  private final ConnectionGroup group;
  private @Nullable ObjectName name;

  private EndpointMonitor(ConnectionGroup group) {
    this.group = group;
  }

  /** Registers; without JMX, or if it forbids, the servlet does without. */
  static EndpointMonitor open(ConnectionGroup group, String contextPath, String servletName) {
    EndpointMonitor monitor = new EndpointMonitor(group);
    try {
      monitor.register(
          "io.github.upgradehandler:type=Endpoint,context="
              + ObjectName.quote(contextPath.isEmpty() ? "/" : contextPath)
              + ",servlet="
              + ObjectName.quote(servletName));
    } catch (JMException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "servlet '" + servletName + "' is not to be seen in JMX", e);
    }
    return monitor;
  }

  /** The same path may be there several times: on other virtual hosts, or in an older version. */
  private void register(String wanted) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String free = wanted;
    for (int instance = 2; name == null; instance++) {
      try {
        ObjectName candidate = new ObjectName(free);
        server.registerMBean(this, candidate);
        name = candidate;
      } catch (InstanceAlreadyExistsException e) {
        free = wanted + ",instance=" + instance;
      }
    }
  }

  /** Unregisters: else JMX would keep the web application's class loader. */
  @Override
  public void close() {
    ObjectName registered = name;
    name = null;
    if (registered == null) {
      return;
    }
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
    } catch (InstanceNotFoundException e) {
      LOG.log(Level.DEBUG, "somebody else has unregistered " + registered, e);
    } catch (JMException | RuntimeException e) {
      LOG.log(Level.WARNING, "cannot unregister " + registered, e);
    }
  }

  @Override
  public int getOpenConnections() {
    return group.connections().size();
  }

  @Override
  public long getTotalConnections() {
    return group.counters().connections();
  }

  @Override
  public long getMessagesReceived() {
    return group.counters().messagesReceived();
  }

  @Override
  public long getMessagesSent() {
    return group.counters().messagesSent();
  }

  @Override
  public long getBytesReceived() {
    return group.counters().bytesReceived();
  }

  @Override
  public long getBytesSent() {
    return group.counters().bytesSent();
  }

  @Override
  public Map<Integer, Long> getClosedByCode() {
    return group.counters().closedByCode();
  }
}
