package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.servlet.HttpReply;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening handshakes (RFC 6455 section 4.2) that must not be, and some that may. */
class HandshakeFaultTest extends FaultTest {

  /** What both containers take for a head by default is 8 KiB. */
  private static final int LONG = 7000;

  private static final String GOOD = RawClient.handshake("/socket");

  HandshakeFaultTest(Container container) {
    super(container);
  }

  @BeforeEach
  void serve() throws Exception {
    serve(
        handshake -> new RecordedEcho(),
        Map.of("compression", "true", "allowedOrigins", "https://good.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-continue", "100-Continue"})
  void R20_a_handshake_that_waits_for_100_continue(String expected) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      RawClient client = connect();
      HttpReply reply = client.request(RawClient.handshake("/socket", "Expect: " + expected));
      if (reply.status() == 100) { // Tomcat's own answer
        reply = client.readReply();
      }
      assertThat(reply.status()).isEqualTo(417);
      assertThat(reply.body())
          .isEqualTo("Expect is for requests with a body (RFC 9110 section 10.1.1)\n");
      Await.until("a line in the log", () -> log.messages().size() == 1);
      assertThat(log.messages().get(0)).contains("417");
    }
    assertThat(request(GOOD).status()).isEqualTo(101);
  }

  @Test
  void H1_another_version_and_a_request_behind_it() throws Exception {
    RawClient client = connect();
    String bad = GOOD.replace("Version: 13", "Version: 8");
    client.send((bad + "GET /socket HTTP/1.1\r\nHost: server.test\r\n\r\n").getBytes(ISO_8859_1));
    HttpReply reply = client.readReply();
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Sec-WebSocket-Version")).containsExactly("13");
    assertNextIsHttpAgain(client);
  }

  /** The container may also have closed the connection. */
  private static void assertNextIsHttpAgain(RawClient client) throws IOException {
    try {
      assertThat(client.readReply().status()).isEqualTo(426);
    } catch (EOFException e) {
      assertThat(e).hasMessageEndingWith(": ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /    | POST /   | 405
          HTTP/1.1 | HTTP/1.0 | 400
          """)
  void H2_method_and_protocol(String good, String bad, int status) throws Exception {
    assertThat(request(GOOD.replaceFirst(good, bad)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection: keep-alive, Upgrade | Connection: keep-alive | 400
          Upgrade: WebSocket              | Upgrade: websockets    | 426
          Upgrade: WebSocket              | X: y                   | 426
          Connection: keep-alive, Upgrade | Connection: UPGRADE    | 101
          """)
  void H3_connection_and_upgrade(String good, String bad, int status) throws Exception {
    assertThat(request(GOOD.replace(good, bad)).status()).isEqualTo(status);
  }

  @Test
  void H4_another_protocol() throws Exception {
    assertThat(request(GOOD.replace("Upgrade: WebSocket", "Upgrade: h2c")).status()).isEqualTo(426);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=%",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void H5_key(String line) throws Exception {
    String bad = GOOD.replace("Sec-WebSocket-Key: " + RawClient.KEY, line);
    assertThat(request(bad).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "\"\\"})
  void H6_extensions_with_quotes_that_never_close(String endless) throws Exception {
    String value = "a; b=\"" + endless.repeat(LONG / endless.length());
    assertThat(
            request(RawClient.handshake("/socket", "Sec-WebSocket-Extensions: " + value)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"' ', 101", "',', 101", "'a,', 101", "'a a,', 400"})
  void H7_subprotocols(String endless, int status) throws Exception {
    String value = "x," + endless.repeat(LONG / endless.length());
    HttpReply reply = request(RawClient.handshake("/socket", "Sec-WebSocket-Protocol: " + value));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Sec-WebSocket-Protocol")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x-webkit-deflate-frame                                                      | declined
          permessage-deflate; server_max_window_bits=7                                | declined
          permessage-deflate; unknown                                                 | declined
          permessage-deflate; server_no_context_takeover; server_no_context_takeover  | declined
          permessage-deflate; client_max_window_bits=99999999999999999999             | declined
          permessage-deflate, permessage-deflate                                      | agreed
          permessage-deflate; unknown, permessage-deflate                             | agreed
          """)
  void H8_extensions(String value, String outcome) throws Exception {
    HttpReply reply = request(RawClient.handshake("/socket", "Sec-WebSocket-Extensions: " + value));
    assertThat(reply.status()).isEqualTo(101);
    assertThat(reply.header("Sec-WebSocket-Extensions")).hasSize(outcome.equals("agreed") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, 403",
    "null, 403",
    "https://good.example.evil.example, 403",
    "https://good.example:444, 403",
    "http://good.example, 403",
    "https://good.example, 101",
    "http://server.test, 101"
  })
  void H9_origins(String origin, int status) throws Exception {
    assertThat(request(RawClient.handshake("/socket", "Origin: " + origin)).status())
        .isEqualTo(status);
  }

  @Test
  void H10_handshake_and_frames_in_one_segment() throws Exception {
    RawClient client = connect();
    client.send(concat(GOOD.getBytes(ISO_8859_1), text("a"), text("b"), text("c")));
    assertThat(client.readReply().status()).isEqualTo(101);
    for (String expected : new String[] {"a", "b", "c"}) {
      assertThat(client.next()).hasToString("text " + expected);
    }
  }

  @Test
  void H11_a_plain_get() throws Exception {
    HttpReply reply = request("GET /socket HTTP/1.1\r\nHost: server.test\r\n\r\n");
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.header("Upgrade")).containsExactly("websocket");
    assertThat(reply.body()).contains("WebSocket client").doesNotContain("\tat ");
  }

  private HttpReply request(String head) throws IOException {
    return connect().request(head);
  }
}
