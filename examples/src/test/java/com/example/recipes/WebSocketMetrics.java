package com.example.recipes;

import io.github.upgradehandler.servlet.EndpointMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Meters of every WebSocket servlet that is in service when they are bound. */
public final class WebSocketMetrics implements MeterBinder {

  // A registry keeps no object alive that it reads.
  private final List<EndpointMXBean> endpoints = new ArrayList<>();

  @Override
  public void bindTo(MeterRegistry registry) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : beans.queryNames(pattern(), null)) {
      EndpointMXBean endpoint = JMX.newMXBeanProxy(beans, name, EndpointMXBean.class);
      endpoints.add(endpoint);
      Tags tags =
          Tags.of(
              "context", ObjectName.unquote(name.getKeyProperty("context")),
              "servlet", ObjectName.unquote(name.getKeyProperty("servlet")));
      Gauge.builder("websocket.connections", endpoint, EndpointMXBean::getOpenConnections)
          .tags(tags)
          .register(registry);
      FunctionCounter.builder(
              "websocket.messages.received", endpoint, EndpointMXBean::getMessagesReceived)
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("websocket.messages.sent", endpoint, EndpointMXBean::getMessagesSent)
          .tags(tags)
          .register(registry);
    }
  }

  private static ObjectName pattern() {
    try {
      return new ObjectName("io.github.upgradehandler:type=Endpoint,*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }
}
