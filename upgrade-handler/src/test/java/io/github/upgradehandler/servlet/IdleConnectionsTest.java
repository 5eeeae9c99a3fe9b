package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.Echo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletChannelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are open for long and do nothing. */
@Timeout(120)
class IdleConnectionsTest {

  private static final int CONNECTIONS = 2000;

  @Test
  void two_thousand_idle_connections_need_no_thread() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (ServletServer server = new ServletServer(handshake -> new Echo(), Map.of())) {
      open(server, clients, 50);
      Await.until("rest", () -> server.busyThreads() == 0);
      int before = threads();
      open(server, clients, CONNECTIONS - 50);
      Await.until("rest", () -> server.busyThreads() == 0);
      assertThat(server.openConnections()).isEqualTo(CONNECTIONS);
      assertThat(threads()).isLessThan(before + 20);
      for (RawClient client : List.of(clients.get(0), clients.get(CONNECTIONS - 1))) {
        client.send(text("still there"));
        assertThat(client.next()).hasToString("text still there");
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void open(ServletServer server, List<RawClient> clients, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      RawClient client = RawClient.opened(server);
      clients.add(client);
      client.send(text("hello"));
      assertThat(client.next()).hasToString("text hello");
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /**
   * Jetty ends an upgraded connection when the AsyncContext times out in which it carries it, after
   * 30 s by default; the build sets less.
   */
  @Test
  void a_connection_outlives_the_async_timeout_of_its_request() throws Exception {
    Long timeoutMillis = Long.getLong(ServletChannelState.class.getName() + ".DEFAULT_TIMEOUT");
    assumeThat(timeoutMillis).as("set in pom.xml").isNotNull().isLessThan(5000);
    try (ServletServer server = new ServletServer(handshake -> new Echo(), Map.of());
        RawClient client = RawClient.opened(server)) {
      client.readTimeout(Math.toIntExact(2 * timeoutMillis));
      assertThatThrownBy(client::next)
          .as("nothing comes, and the end neither")
          .isInstanceOf(SocketTimeoutException.class);
      client.readTimeout(20_000);
      client.send(text("still there"));
      assertThat(client.next()).hasToString("text still there");
    }
  }
}
