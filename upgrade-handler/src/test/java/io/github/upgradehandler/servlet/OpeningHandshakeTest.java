package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.ACCEPT;
import static io.github.upgradehandler.servlet.RawClient.KEY;
import static io.github.upgradehandler.servlet.RawClient.handshake;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2 as it stands on the wire: the faults H1 to H11. */
@Timeout(60)
class OpeningHandshakeTest {

  private static ServletServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new ServletServer(
            handshake -> new Echo(),
            Map.of("allowedOrigins", "https://good.example.test, https://other.example.test:8443"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static HttpReply ask(String request) throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.request(request);
    }
  }

  /**
   * Sends a bad handshake, then a plain request on the same connection; gives the answer to both.
   */
  private static HttpReply refusalFollowedByHttp(String request) throws IOException {
    String second = "GET /elsewhere HTTP/1.1\r\nHost: server.test\r\n\r\n";
    try (RawClient client = new RawClient(server)) {
      HttpReply refusal = client.request(request + second);
      assertThat(client.readReply().status()).as("the second is answered as HTTP").isEqualTo(404);
      return refusal;
    }
  }

  @Test
  void a_good_handshake_is_answered_with_101() throws IOException {
    HttpReply reply = ask(handshake("/socket"));
    assertThat(reply.statusLine()).startsWith("HTTP/1.1 101 ");
    assertThat(reply.header("Upgrade")).containsExactly("websocket");
    assertThat(reply.header("Connection")).containsExactly("Upgrade");
    assertThat(reply.header("Sec-WebSocket-Accept")).containsExactly(ACCEPT);
    assertThat(reply.headers())
        .doesNotContainKeys("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "0", "8", "13, 14", "thirteen", ""})
  void H1_another_version_is_answered_with_426_and_the_next_request_with_http(String version)
      throws IOException {
    HttpReply reply =
        refusalFollowedByHttp(handshake("/socket").replace("Version: 13", "Version: " + version));
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Sec-WebSocket-Version")).containsExactly("13");
    assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
  }

  @Test
  void H1_no_version_is_answered_with_426() throws IOException {
    HttpReply reply =
        refusalFollowedByHttp(handshake("/socket").replace("Sec-WebSocket-Version: 13\r\n", ""));
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Sec-WebSocket-Version")).containsExactly("13");
  }

  @Test
  void H2_post_is_answered_with_405() throws IOException {
    HttpReply reply =
        refusalFollowedByHttp(
            handshake("/socket", "Content-Length: 0").replace("GET /socket", "POST /socket"));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).containsExactly("GET");
  }

  @Test
  void H2_http_1_0_is_answered_with_400() throws IOException {
    assertThat(ask(handshake("/socket").replace("HTTP/1.1", "HTTP/1.0")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "'Upgrade: WebSocket', 'Upgrade: h2c', 426", // H4
    "'Upgrade: WebSocket', 'Upgrade: websockets', 426",
    "'Upgrade: WebSocket', 'Upgrade: web socket', 426",
  })
  void H3_H4_an_upgrade_to_something_else_is_answered_with_426(
      String line, String instead, int status) throws IOException {
    String request = handshake("/socket").replace(line, instead);
    HttpReply reply = refusalFollowedByHttp(request);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
  }

  @Test
  void H3_no_upgrade_is_answered_with_426() throws IOException {
    String request = handshake("/socket").replace("Upgrade: WebSocket\r\n", "");
    assertThat(refusalFollowedByHttp(request).status()).isEqualTo(426);
  }

  /** Jetty answers some of these by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: keep-alive\r\n", "Connection: upgraded\r\n"})
  void H3_a_connection_that_does_not_name_upgrade_is_answered_with_400(String instead)
      throws IOException {
    String line = "Connection: keep-alive, Upgrade\r\n";
    HttpReply reply = ask(handshake("/socket").replace(line, instead));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'Upgrade: WebSocket', 'Upgrade: websocket'",
    "'Upgrade: WebSocket', 'Upgrade: h2c, WEBSOCKET'",
    "'Upgrade: WebSocket', 'Upgrade: h2c\r\nUpgrade: websocket'",
    "'Connection: keep-alive, Upgrade', 'Connection: upgrade'",
    "'Connection: keep-alive, Upgrade', 'Connection: UPGRADE , keep-alive'",
    "'Connection: keep-alive, Upgrade', 'Connection: keep-alive\r\nConnection: Upgrade'",
  })
  void H3_both_are_lists_of_tokens_without_regard_to_case(String line, String instead)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      HttpReply reply = client.request(handshake("/socket").replace(line, instead));
      assertThat(reply.status()).isEqualTo(101);
      assertThat(reply.header("Upgrade")).containsExactly("websocket");
      client.send(text("hello"));
      assertThat(client.next()).hasToString("text hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAAAAAAAAAAAAAAAAAAA", // 15 bytes
        "AAAAAAAAAAAAAAAAAAAAAAA=", // 17 bytes
        "AAAAAAAAAAAAAAAAAAAAAAAA", // 18 bytes
        "dGhlIHNhbXBsZSBub25jZQ", // no padding
        "dGhlIHNhbXBsZSBub25j!Q==",
        "dGhlIHNhbXBsZSBub25j-_==",
        "",
      })
  void H5_a_key_that_is_not_16_bytes_in_base64_is_answered_with_400(String key) throws IOException {
    assertThat(refusalFollowedByHttp(handshake("/socket").replace(KEY, key)).status())
        .isEqualTo(400);
  }

  @Test
  void H5_no_key_or_two_are_answered_with_400() throws IOException {
    String line = "Sec-WebSocket-Key: " + KEY + "\r\n";
    String request = handshake("/socket");
    assertThat(refusalFollowedByHttp(request.replace(line, "")).status()).isEqualTo(400);
    assertThat(refusalFollowedByHttp(request.replace(line, line + line)).status()).isEqualTo(400);
  }

  @Test
  void H6_endless_escapes_in_an_unclosed_quote_are_answered_with_400() throws IOException {
    String extensions = "Sec-WebSocket-Extensions: x; y=\"" + "\\a".repeat(3500);
    assertThat(refusalFollowedByHttp(handshake("/socket", extensions)).status()).isEqualTo(400);
  }

  @Test
  void H7_a_subprotocol_of_spaces_and_commas_is_ignored() throws IOException {
    String protocol =
        "Sec-WebSocket-Protocol: a," + " ".repeat(3000) + ",,,,a, " + " ,".repeat(999);
    HttpReply reply = ask(handshake("/socket", protocol));
    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Protocol")).isEmpty();
  }

  @Test
  void H7_a_subprotocol_that_is_no_token_is_answered_with_400() throws IOException {
    assertThat(ask(handshake("/socket", "Sec-WebSocket-Protocol: a b")).status()).isEqualTo(400);
    assertThat(ask(handshake("/socket", "Sec-WebSocket-Protocol: \"a\"")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "unknown; a; b=1, unknown",
        "permessage-deflate, permessage-deflate",
        "permessage-deflate; client_max_window_bits=99",
        "permessage-deflate; unheard_of=\"of\"",
      })
  void H8_extensions_that_are_not_agreed_on_are_declined(String offer) throws IOException {
    HttpReply reply = ask(handshake("/socket", "Sec-WebSocket-Extensions: " + offer));
    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Extensions")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://good.example.test.evil.test",
        "https://good.example.test:8443",
        "https://evil.test",
        "http://good.example.test",
        "http://server.test.evil.test",
        "server.test",
        "",
      })
  void H9_a_foreign_origin_is_answered_with_403(String origin) throws IOException {
    HttpReply reply = refusalFollowedByHttp(handshake("/socket", "Origin: " + origin));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
  }

  @Test
  void H9_two_origins_are_answered_with_403() throws IOException {
    String good = "Origin: https://good.example.test";
    assertThat(ask(handshake("/socket", good, good)).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://server.test",
        "https://server.test", // behind a proxy that ends TLS
        "https://good.example.test",
        "https://other.example.test:8443",
      })
  void H9_the_server_s_own_origin_and_configured_ones_are_let_in(String origin) throws IOException {
    assertThat(ask(handshake("/socket", "Origin: " + origin)).status()).isEqualTo(101);
  }

  @Test
  void H10_a_handshake_and_three_frames_in_one_segment_are_all_delivered() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(
          handshake("/socket").getBytes(ISO_8859_1), text("one"), text("two"), text("three"));
      assertThat(client.readReply().status()).isEqualTo(101);
      assertThat(client.next()).hasToString("text one");
      assertThat(client.next()).hasToString("text two");
      assertThat(client.next()).hasToString("text three");
      client.send(text("later"));
      assertThat(client.next()).hasToString("text later");
    }
  }

  @Test
  void H10_a_frame_cut_by_the_end_of_the_handshake_s_segment_is_delivered() throws IOException {
    byte[] frame = text("one");
    try (RawClient client = new RawClient(server)) {
      client.send(handshake("/socket").getBytes(ISO_8859_1), java.util.Arrays.copyOf(frame, 4));
      assertThat(client.readReply().status()).isEqualTo(101);
      client.send(Arrays.copyOfRange(frame, 4, frame.length));
      assertThat(client.next()).hasToString("text one");
    }
  }

  @Test
  void H10_a_close_frame_in_the_handshake_s_segment_is_answered() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(handshake("/socket").getBytes(ISO_8859_1), ClientFrames.close(1000, ""));
      assertThat(client.readReply().status()).isEqualTo(101);
      assertThat(client.next()).hasToString("close 1000");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void H11_a_plain_get_is_answered_with_426_and_a_hint() throws IOException {
    HttpReply reply = refusalFollowedByHttp("GET /socket HTTP/1.1\r\nHost: server.test\r\n\r\n");
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Upgrade")).containsExactly("websocket");
    assertThat(reply.header("Content-Type")).containsExactly("text/plain;charset=utf-8");
    assertThat(reply.body().lines()).hasSize(1);
    assertThat(reply.body()).contains("WebSocket").doesNotContain("Exception");
  }
}
