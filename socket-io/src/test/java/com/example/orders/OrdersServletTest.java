package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import io.github.upgradehandler.socketio.testing.TestContainer;
import org.junit.jupiter.api.Test;

/** The servlet of the page on netty-socketio. */
class OrdersServletTest {

  @Test
  void whoeverWatchesIsToldOfOrdersAndEnds() throws Exception {
    try (RunningServer server = TestContainer.JETTY.start(new OrdersServlet(), "/socket.io/*", 0)) {
      TestClient client = new TestClient(server.port(), "/socket.io/");
      Received stranger = client.join("/orders", "{}");
      assertThat(stranger.next()).isEqualTo("44/orders,{\"message\":\"no token\"}");
      Received ann = join(client);
      String annId = TestClient.sid(ann.next());
      Received bob = join(client);
      assertThat(bob.next()).startsWith("40/orders,");
      ann.send("42/orders,1[\"order\",{\"item\":\"tea\",\"count\":2}]");
      assertThat(ann.next()).isEqualTo("43/orders,1[]");
      assertThat(bob.next()).isEqualTo("42/orders,[\"ordered\",{\"item\":\"tea\",\"count\":2}]");
      ann.send("41/orders,");
      assertThat(bob.next()).isEqualTo("42/orders,[\"left\",\"" + annId + "\"]");
    }
  }

  private static Received join(TestClient client) throws InterruptedException {
    Received socket = client.open("EIO=4&transport=websocket&token=secret");
    socket.next();
    socket.send("40/orders,");
    return socket;
  }
}
