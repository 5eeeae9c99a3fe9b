package io.github.upgradehandler.runner.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sample as the JDK's own client sees it. */
@Timeout(60)
class JdkClientIT {

  private static final int MEBIBYTE = 1 << 20;

  private static RestartableRunner server;

  private final Received received = new Received();

  @BeforeAll
  static void start() throws Exception {
    server = RestartableRunner.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private WebSocket connect(String path) throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(server.webSocket(path), received)
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void textComesBack() throws Exception {
    WebSocket socket = connect("echo");
    for (String text : new String[] {"hello", "", "Grüße, 世界 🌍", "x".repeat(70_000)}) {
      socket.sendText(text, true).get(10, TimeUnit.SECONDS);
      assertThat(received.nextText()).isEqualTo(text);
    }
    socket.abort();
  }

  @Test
  void textInPartsComesBackWhole() throws Exception {
    WebSocket socket = connect("echo");
    socket.sendText("one, ", false).get(10, TimeUnit.SECONDS);
    socket.sendText("two, ", false).get(10, TimeUnit.SECONDS);
    socket.sendText("three", true).get(10, TimeUnit.SECONDS);
    assertThat(received.nextText()).isEqualTo("one, two, three");
    socket.abort();
  }

  @Test
  void binaryInPartsComesBackWhole() throws Exception {
    byte[] bytes = new byte[MEBIBYTE];
    new Random(1).nextBytes(bytes);
    int part = MEBIBYTE / 16;
    WebSocket socket = connect("echo");
    for (int start = 0; start < bytes.length; start += part) {
      boolean last = start + part == bytes.length;
      socket.sendBinary(ByteBuffer.wrap(bytes, start, part), last).get(10, TimeUnit.SECONDS);
    }
    assertThat(received.nextBinary()).isEqualTo(bytes);
    socket.abort();
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws Exception {
    WebSocket socket = connect("echo");
    ByteBuffer payload = StandardCharsets.UTF_8.encode("are you there?");
    socket.sendPing(payload.duplicate()).get(10, TimeUnit.SECONDS);
    assertThat(received.nextPong()).isEqualTo("are you there?");
    socket.abort();
  }

  @Test
  void theClientsCloseIsAnsweredWithItsCode() throws Exception {
    WebSocket socket = connect("echo");
    socket.sendClose(4001, "that was all").get(10, TimeUnit.SECONDS);
    assertThat(received.close()).startsWith("4001 ");
    assertThat(socket.isInputClosed()).isTrue();
  }

  @Test
  void theServerClosesWithCodeAndReason() throws Exception {
    WebSocket socket = connect("chat?name=ann");
    socket.sendBinary(ByteBuffer.allocate(3), true).get(10, TimeUnit.SECONDS);
    assertThat(received.close()).isEqualTo("1003 this endpoint takes no binary messages");
  }
}
