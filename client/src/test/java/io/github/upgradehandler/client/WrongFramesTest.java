package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5: what a server sends wrongly, and with which status the client answers. */
class WrongFramesTest {

  private static WebSocketClient client;

  @BeforeAll
  static void open() {
    client = WebSocketClient.create();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          81 80 00000000              | 1002 | masked frame from the server
          c1 01 41                    | 1002 | RSV1, nothing agreed on
          83 00                       | 1002 | reserved opcode
          8b 00                       | 1002 | reserved control opcode
          09 00                       | 1002 | fragmented ping
          89 7e 0080                  | 1002 | ping over 125 bytes
          80 00                       | 1002 | continuation of nothing
          01 01 41 81 01 42           | 1002 | message within a message
          82 7f ffffffffffffffff      | 1002 | negative length
          82 7f 7fffffffffffffff      | 1009 | length of 2^63-1
          82 7f 0000000000010001      | 1009 | above maxMessageBytes
          82 7e 0001 00               | 1002 | length not in its shortest form
          81 02 c3 28                 | 1007 | no UTF-8
          88 01 03                    | 1002 | Close of one byte
          88 02 03ed                  | 1002 | Close with 1005
          88 04 03e8 c328             | 1007 | reason that is no UTF-8
          0d0a 81 01 41               | 1002 | a body after the 101
          """)
  void frames(String hex, int code, String what) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.accept();
              peer.sendHex(hex);
              peer.socket().shutdownOutput();
              peer.readAll();
            })) {
      Recording handler = new Recording();
      client.connect(server.uri(), handler).get(10, TimeUnit.SECONDS);

      CloseEvent event = handler.closed();
      assertThat(event.sent())
          .as(what)
          .hasValueSatisfying(status -> assertThat(status.code()).isEqualTo(code));
      assertThat(handler.error()).as(what).isNotNull();
    }
  }
}
