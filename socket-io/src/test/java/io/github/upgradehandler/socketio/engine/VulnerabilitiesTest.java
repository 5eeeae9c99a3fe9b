package io.github.upgradehandler.socketio.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has been found in Socket.IO for Node.js and its parts, by the names in the list of common
 * vulnerabilities: it ends the session that it comes by, and nobody else notices.
 */
class VulnerabilitiesTest {

  private TestApplication application;
  private Received other;

  @BeforeEach
  void start() throws Exception {
    application =
        new TestApplication(
            SocketIoConfig.builder().allowEio3(true).build(),
            io ->
                io.onConnection(
                    socket -> socket.on("echo", (args, ack) -> ack.send(args.toArray()))));
    other = application.client().join();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  private void assertOthersAreWell() throws InterruptedException {
    other.send("421[\"echo\",1]");
    assertThat(other.next()).isEqualTo("431[1]");
  }

  private void assertEnds(String... messages) throws InterruptedException {
    Received attacker = application.client().join();
    for (String message : messages) {
      attacker.send(message);
    }
    assertThat(attacker.next()).isEqualTo(TestClient.CLOSED);
    assertOthersAreWell();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"splice\"",
        "-1",
        "1",
        "0.5",
        "1e99",
        "99999999999999999999",
        "null",
        "[0]",
        "\"0\""
      })
  void cve2022Number2421(String number) throws Exception {
    Received attacker = application.client().join();
    attacker.send("451-1[\"echo\",{\"_placeholder\":true,\"num\":" + number + "}]");
    attacker.send(new byte[] {1});
    assertThat(attacker.next()).isEqualTo(TestClient.CLOSED);
    assertOthersAreWell();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2[{\"toString\":\"foo\"}]", "2[null]", "2[[\"echo\"]]", "2[true]", "2[]", "2{}"})
  void cve2023Number32695(String packet) throws Exception {
    assertEnds("4" + packet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"511-[\"echo\"]", "5999999999-[\"echo\"]", "599999999999999999999-[\"echo\"]"})
  void cve2026Number33151(String packet) throws Exception {
    assertEnds("4" + packet);
  }

  @Test
  void cve2026Number33151ByPacketsThatNeverBecomeWhole() throws Exception {
    assertEnds("4510-[\"echo\"]", "4510-[\"echo\"]");
  }

  @Test
  void cve2020Number36049() throws Exception {
    String digits = "9".repeat(900_000);
    for (String packet : new String[] {"5" + digits + "-[]", "2" + digits + "[\"echo\"]"}) {
      assertEnds("4" + packet);
    }
    assertEnds("42" + "[".repeat(900_000));
    assertEnds("42/" + "a".repeat(900_000));
  }

  /** Many packets of few bytes, and lengths of what does not come. */
  @Test
  void cve2020Number36048() throws Exception {
    TestClient client = application.client();
    String session = client.poll();
    assertThat(client.post(session, "3\u001e".repeat(400_000) + "3").statusCode()).isEqualTo(200);
    assertThat(client.post(session, "4\u001e".repeat(400_000) + "4").statusCode()).isEqualTo(200);
    assertThat(client.get(session).body()).endsWith("1");
    String old = session(client.get("EIO=3&transport=polling").body());
    assertThat(client.post(old, "999999999:4").statusCode()).isEqualTo(400);
    String another = session(client.get("EIO=3&transport=polling").body());
    assertThat(client.post(another, "1:".repeat(300_000)).statusCode()).isEqualTo(400);
    assertOthersAreWell();
  }

  private static String session(String opened) {
    return "EIO=3&transport=polling&sid=" + TestClient.sid(opened);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EIO=4&transport=polling",
        "EIO=4&transport=websocket&sid=unknown",
        "EIO=4&transport=webtransport",
        "EIO=4&transport=constructor",
        "EIO=4&transport=__proto__",
        "EIO=4&transport=",
        "EIO=4",
        "",
        "EIO=4&transport=websocket&sid=__proto__",
      })
  void cve2023Number31125(String query) throws Exception {
    try (Socket socket = upgrading(query)) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 400");
    }
    assertOthersAreWell();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b18100000000", // RSV2 and RSV3
        "c18100000000", // RSV1 without an extension
        "8300", // no such opcode
        "818061", // cut off
        "81ffffffffffffffffff00000000", // the longest length there is, and more
        "8881000000003e", // a Close frame of one byte
        "8882000000000001", // a status that there is not
      })
  void cve2022Number21676(String hex) throws Exception {
    try (Socket socket = upgrading("EIO=4&transport=websocket")) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 101");
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    assertOthersAreWell();
  }

  /** The connection is reset while the upgrade is under way. */
  @Test
  void cve2022Number41940() throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = upgrading("EIO=4&transport=websocket");
      socket.setSoLinger(true, 0);
      socket.close();
    }
    assertOthersAreWell();
  }

  /** Without CORS a page of another origin is not let in over WebSocket either. */
  @Test
  void cve2020Number28481() throws Exception {
    TestClient client = application.client();
    var answer =
        client.send(
            client.request("EIO=4&transport=polling").header("Origin", "https://attacker.example"));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    try (Socket socket = connect()) {
      send(socket, "EIO=4&transport=websocket", "Origin: https://attacker.example\r\n");
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 403");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket upgrading(String query) throws IOException {
    Socket socket = connect();
    send(socket, query, "");
    return socket;
  }

  private static void send(Socket socket, String query, String more) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /socket.io/?"
                    + query
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + more
                    + "\r\n")
                .getBytes(ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }
}
