package io.github.upgradehandler.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.guard.ClientAddress;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoLimits;
import io.github.upgradehandler.socketio.suites.EngineEchoServlet;
import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestContainer;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** How many sessions one address may have, over polling and WebSocket together. */
class SessionsPerAddressTest {

  private static final String POLLING = "EIO=4&transport=polling";

  private static SocketIoConfig.Builder options() {
    return SocketIoConfig.builder().limits(SocketIoLimits.DEFAULTS.withMaxSessionsPerAddress(2));
  }

  @Test
  void theNextIsRefused() throws Exception {
    try (RunningServer server =
        TestContainer.JETTY.start(new EngineEchoServlet(options().build()), "/engine.io/*", 0)) {
      TestClient client = new TestClient(server.port(), "/engine.io/");
      client.open("EIO=4&transport=websocket").next();
      String session = client.poll();
      assertThat(client.get(POLLING).statusCode()).isEqualTo(429);
      assertThat(client.get(POLLING).body())
          .isEqualTo("{\"code\":4,\"message\":\"Too many connections from your address\"}");
      client.post(session, "1"); // its last poll may still come, but it is over
      assertThat(client.get(POLLING).statusCode()).isEqualTo(200);
      assertThat(client.get(session).body()).isEqualTo("6");
    }
  }

  @Test
  void theAddressIsWhatATrustedProxySays() throws Exception {
    SocketIoConfig config =
        options().clientAddress(ClientAddress.behindProxies("127.0.0.1")).build();
    try (RunningServer server =
        TestContainer.JETTY.start(new EngineEchoServlet(config), "/engine.io/*", 0)) {
      TestClient client = new TestClient(server.port(), "/engine.io/");
      for (String address : new String[] {"192.0.2.1", "192.0.2.2"}) {
        HttpRequest.Builder request = client.request(POLLING).header("X-Forwarded-For", address);
        assertThat(client.send(request).statusCode()).isEqualTo(200);
        assertThat(client.send(request).statusCode()).isEqualTo(200);
        assertThat(client.send(request).statusCode()).isEqualTo(429);
      }
    }
  }
}
