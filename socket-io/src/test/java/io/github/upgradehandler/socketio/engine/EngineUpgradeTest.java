package io.github.upgradehandler.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.suites.EngineEchoServlet;
import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import io.github.upgradehandler.socketio.testing.TestContainer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSocket, from the beginning and after polling, and heartbeats. */
class EngineUpgradeTest {

  private static SocketIoConfig.Builder options() {
    return SocketIoConfig.builder().allowEio3(true);
  }

  private static RunningServer start(TestContainer container, SocketIoConfig config)
      throws Exception {
    return container.start(new EngineEchoServlet(config), "/engine.io/*", 0);
  }

  private static TestClient client(RunningServer server) {
    return new TestClient(server.port(), "/engine.io/");
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aSessionOverWebSocketAlone(TestContainer container) throws Exception {
    try (RunningServer server = start(container, options().build())) {
      Received socket = client(server).open("EIO=4&transport=websocket");
      assertThat(socket.next()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
      socket.send("4hello");
      assertThat(socket.next()).isEqualTo("4hello");
      socket.send(new byte[] {1, 2, 3});
      assertThat(socket.next()).isEqualTo("0x010203");
      socket.send("1");
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void binaryHasItsTypeInVersion3(TestContainer container) throws Exception {
    try (RunningServer server = start(container, options().build())) {
      Received socket = client(server).open("EIO=3&transport=websocket");
      socket.next();
      socket.send(new byte[] {4, 1, 2});
      assertThat(socket.next()).isEqualTo("0x040102");
      socket.send("2");
      assertThat(socket.next()).isEqualTo("3");
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void inVersion3TheSessionOpensAfterTheClientHasSeenItsWebSocketOpen(TestContainer container)
      throws Exception {
    try (RunningServer server = start(container, options().build())) {
      long begin = System.nanoTime();
      Received socket = client(server).open("EIO=3&transport=websocket");
      socket.send("4early");
      assertThat(socket.next()).startsWith("0{\"sid\":\"");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(10));
      assertThat(socket.next()).isEqualTo("4early");
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whatIsNoPacketEndsTheWebSocket(TestContainer container) throws Exception {
    try (RunningServer server = start(container, options().build())) {
      for (String packet : new String[] {"abc", "2", "5", "0", "b***"}) {
        Received socket = client(server).open("EIO=4&transport=websocket");
        socket.next();
        socket.send(packet);
        assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      }
    }
  }

  @Test
  void messagesMayBeLimitedToFewerBytesThanAControlFrameHas() throws Exception {
    SocketIoConfig config = options().maxHttpBufferSize(100).build();
    try (RunningServer server = start(TestContainer.JETTY, config)) {
      Received socket = client(server).open("EIO=4&transport=websocket");
      socket.next();
      String largest = "4" + "a".repeat(99);
      socket.send(largest);
      assertThat(socket.next()).isEqualTo(largest);
      socket.send(largest + "a");
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      assertThat(socket.closing()).isEqualTo("1009");
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aClientChangesToItsWebSocket(TestContainer container) throws Exception {
    try (RunningServer server = start(container, options().build())) {
      TestClient client = client(server);
      String session = client.poll();
      String upgrade = session.replace("polling", "websocket");
      CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(client.request(session));
      Received socket = client.open(upgrade);
      socket.send("2probe");
      assertThat(socket.next()).isEqualTo("3probe");
      assertThat(waiting.get().body()).isEqualTo("6");
      assertThat(client.get(session).body()).isEqualTo("6"); // and again, for one that polls on
      client.post(session, "4before");
      socket.send("5");
      assertThat(socket.next()).isEqualTo("4before");
      socket.send("4after");
      assertThat(socket.next()).isEqualTo("4after");
      assertThat(client.get(session).body()).contains("Bad request");
      assertThat(client.open(upgrade).next()).isEqualTo(TestClient.CLOSED);
      socket.send("4still");
      assertThat(socket.next()).isEqualTo("4still");
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aWebSocketThatIsNoUseLeavesTheSessionPolling(TestContainer container) throws Exception {
    try (RunningServer server =
        start(container, options().upgradeTimeout(Duration.ofMillis(200)).build())) {
      TestClient client = client(server);
      String session = client.poll();
      String upgrade = session.replace("polling", "websocket");
      for (String packet : new String[] {"2wrong", "4hello", "5", "abc"}) {
        Received socket = client.open(upgrade);
        socket.send(packet);
        assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      }
      assertThat(client.open(upgrade).next()).isEqualTo(TestClient.CLOSED); // its time is over
      client.post(session, "4hello");
      assertThat(client.get(session).body()).isEqualTo("4hello");
    }
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whoeverDoesNotAnswerIsGone(TestContainer container) throws Exception {
    SocketIoConfig config =
        options().pingInterval(Duration.ofMillis(100)).pingTimeout(Duration.ofMillis(400)).build();
    try (RunningServer server = start(container, config)) {
      TestClient client = client(server);
      Received socket = client.open("EIO=4&transport=websocket");
      socket.next();
      for (int i = 0; i < 3; i++) {
        assertThat(socket.next()).isEqualTo("2");
        socket.send("3");
      }
      assertThat(socket.next()).isEqualTo("2");
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      String session = client.poll();
      assertThat(client.get(session).body()).isEqualTo("2");
      assertThat(client.get(session).body()).isEqualTo("1");
      assertThat(client.get(session).body()).contains("Session ID unknown");
      Received old = client.open("EIO=3&transport=websocket");
      old.next();
      assertThat(old.next()).isEqualTo(TestClient.CLOSED);
    }
  }
}
