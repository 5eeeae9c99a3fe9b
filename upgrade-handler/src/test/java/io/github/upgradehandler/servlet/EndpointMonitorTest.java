package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A servlet's connections in JMX. */
@Timeout(60)
class EndpointMonitorTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static Set<ObjectName> names() throws MalformedObjectNameException {
    return SERVER.queryNames(
        new ObjectName("io.github.upgradehandler:type=Endpoint,servlet=\"socket\",*"), null);
  }

  @Test
  void tells_what_connections_are_and_were() throws Exception {
    try (ServletServer server = new ServletServer(handshake -> new Echo(), Map.of())) {
      assertThat(names())
          .containsExactly(
              new ObjectName(
                  "io.github.upgradehandler:type=Endpoint,context=\"/\",servlet=\"socket\""));
      EndpointMXBean group =
          JMX.newMXBeanProxy(SERVER, names().iterator().next(), EndpointMXBean.class);
      try (RawClient first = RawClient.opened(server);
          RawClient second = RawClient.opened(server)) {
        first.send(ClientFrames.text("hello"));
        assertThat(first.next()).hasToString("text hello");
        assertThat(group.getOpenConnections()).isEqualTo(2);
        assertThat(group.getMessagesReceived()).isEqualTo(1);
        assertThat(group.getMessagesSent()).isEqualTo(1);
        assertThat(group.getBytesReceived()).isEqualTo(11);
        Await.until("the bytes", () -> group.getBytesSent() == 7);
        second.send(ClientFrames.close(1001, ""));
        assertThat(second.next()).hasToString("close 1001");
        Await.until("the end", () -> group.getOpenConnections() == 1);
        Await.until("the count", () -> group.getClosedByCode().equals(Map.of(1001, 1L)));
        assertThat(group.getTotalConnections()).isEqualTo(2);
      }
    }
  }

  @Test
  void is_gone_with_the_servlet() throws Exception {
    try (ServletServer server = new ServletServer(handshake -> new Echo(), Map.of())) {
      assertThat(names()).hasSize(1);
      server.undeploy();
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void the_same_path_may_be_there_twice() throws Exception {
    try (ServletServer one = new ServletServer(handshake -> new Echo(), Map.of());
        ServletServer two = new ServletServer(handshake -> new Echo(), Map.of())) {
      assertThat(names()).hasSize(2);
      assertThat(names()).anyMatch(name -> "2".equals(name.getKeyProperty("instance")));
    }
    assertThat(names()).isEmpty();
  }
}
