package com.example.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import io.github.upgradehandler.socketio.testing.TestContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servlet of the documentation, on each container. */
class ChatServletTest {

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whatOneWritesTheOthersInTheRoomRead(TestContainer container) throws Exception {
    try (RunningServer server = container.start(new ChatServlet(), "/socket.io/*", 0)) {
      TestClient client = new TestClient(server.port(), "/socket.io/");
      Received stranger = client.join("/chat", "{}");
      assertThat(stranger.next()).isEqualTo("44/chat,{\"message\":\"not authorized\"}");
      Received ann = client.join("/chat", "{\"token\":\"secret\"}");
      assertThat(ann.next()).startsWith("40/chat,");
      Received bob = client.join("/chat", "{\"token\":\"secret\"}");
      assertThat(bob.next()).startsWith("40/chat,");
      bob.send("42/chat,[\"join\",\"tea\"]");
      bob.send("42/chat,1[\"message\",{\"room\":\"empty\",\"text\":\"anyone?\"}]");
      assertThat(bob.next()).isEqualTo("43/chat,1[\"sent\"]"); // so it has joined
      ann.send("42/chat,1[\"message\",{\"room\":\"tea\",\"text\":\"hello\"}]");
      assertThat(ann.next()).isEqualTo("43/chat,1[\"sent\"]");
      assertThat(bob.next())
          .isEqualTo("42/chat,[\"message\",{\"room\":\"tea\",\"text\":\"hello\"}]");
    }
  }
}
