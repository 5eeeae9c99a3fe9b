package io.github.upgradehandler.client.autobahn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.WebSocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Autobahn suite, 0.5.6, as a server: the committed results of every case are demanded. */
@Tag("slow")
class AutobahnClientIT {

  private static final int LARGEST = 20 << 20;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void everyCase() throws Exception {
    WebSocketConfig connections =
        WebSocketConfig.builder()
            .compression(true)
            .maxMessageBytes(LARGEST)
            .maxFragments(1 << 20)
            .build();
    // The suite does nothing else while it looks at what a large case has brought.
    ClientConfig patient =
        ClientConfig.builder()
            .webSocket(connections)
            .handshakeTimeout(Duration.ofMinutes(2))
            .build();
    try (FuzzingServer server = new FuzzingServer(Path.of("target", "autobahn"), List.of("*"));
        WebSocketClient client = WebSocketClient.create(patient)) {
      int cases = count(client, server);
      String agent = "agent=" + FuzzingServer.AGENT;
      for (int number = 1; number <= cases; number++) {
        run(client, server.uri("/runCase?case=" + number + "&" + agent));
      }
      run(client, server.uri("/updateReports?" + agent));

      assertThat(server.results()).containsExactlyInAnyOrderElementsOf(expected());
    }
  }

  @Test
  void everyExpectedResultConforms() throws Exception {
    assertThat(expected())
        .hasSizeGreaterThan(200)
        .allMatch(line -> line.matches("[0-9.]+\t(OK|INFORMATIONAL)\t(OK|INFORMATIONAL)"));
  }

  private static int count(WebSocketClient client, FuzzingServer server) throws Exception {
    Conversation conversation = client.converse(server.uri("/getCaseCount"));
    try (conversation) {
      return Integer.parseInt(((Message.Text) conversation.receive()).text());
    }
  }

  private static void run(WebSocketClient client, String uri) throws Exception {
    WebSocket socket = client.connect(uri, new Echo()).get(3, TimeUnit.MINUTES);
    socket.whenClosed().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  private static List<String> expected() throws IOException {
    try (InputStream in = AutobahnClientIT.class.getResourceAsStream("/autobahn/expected.tsv")) {
      return new ArrayList<>(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  private static final class Echo implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      socket.sendBinary(payload);
    }
  }
}
