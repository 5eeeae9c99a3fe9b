package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 4.1: what a server answers wrongly, and what is said of it. */
class WrongAnswerTest {

  private static final String LINE = "HTTP/1.1 101 Switching Protocols";
  private static final String HEAD = LINE + "|Upgrade: websocket|Connection: Upgrade|";

  private static WebSocketClient client;

  @BeforeAll
  static void open() {
    client = WebSocketClient.create(ClientConfig.builder().maxHeadBytes(1024).build());
  }

  @AfterAll
  static void close() {
    client.close();
  }

  /** A vertical bar stands for the end of a line, HEAD for the beginning of a right answer. */
  @ParameterizedTest(name = "{index}")
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '~',
      textBlock =
          """
          HTTP/1.1 200 OK|| ~ the server has answered 200 OK, not 101
          HTTP/1.1 404 Not Found|Content-Length: 0|| ~ the server has answered 404 Not Found, not 101
          HTTP/1.1 426|| ~ the server has answered 426, not 101
          HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 400 Bad Request|| ~ the server has answered 400 Bad Request, not 101
          HTTP/1.0 101 Switching Protocols|| ~ the server's answer is HTTP/1.0, which has no upgrade
          HTTP/2 101 Switching Protocols|| ~ the server's answer begins with 'HTTP/2 101 Switching Protocols', which is no status line of HTTP/1
          SSH-2.0-OpenSSH_9.2| ~ the server's answer begins with 'SSH-2.0-OpenSSH_9.2', which is no status line of HTTP/1
          HTTP/1.1 10 Switching|| ~ the server's answer begins with 'HTTP/1.1 10 Switching', which is no status line of HTTP/1
          HTTP/1.1 101Switching|| ~ the server's answer begins with 'HTTP/1.1 101Switching', which is no status line of HTTP/1
          || ~ the server's answer begins with '', which is no status line of HTTP/1
          LINE|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Upgrade is there 0 times, not once (RFC 6455 section 4.1)
          HEADUpgrade: websocket|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Upgrade is there 2 times, not once (RFC 6455 section 4.1)
          LINE|Upgrade: h2c|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Upgrade is 'h2c', not websocket (RFC 6455 section 4.1)
          LINE|Upgrade: websocket, h2c|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Upgrade is 'websocket, h2c', not websocket (RFC 6455 section 4.1)
          LINE|Upgrade: websocket|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Connection names no Upgrade (RFC 6455 section 4.1)
          LINE|Upgrade: websocket|Connection: close|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Connection names no Upgrade (RFC 6455 section 4.1)
          HEAD| ~ the server's answer is wrong: Sec-WebSocket-Accept is there 0 times, not once (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Accept: ACCEPT|| ~ the server's answer is wrong: Sec-WebSocket-Accept is there 2 times, not once (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|| ~ the server's answer is wrong: Sec-WebSocket-Accept does not answer the key (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: soap|| ~ the server's answer is wrong: the subprotocol 'soap' was not offered (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: Chat|| ~ the server's answer is wrong: the subprotocol 'Chat' was not offered (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: chat, superchat|| ~ the server's answer is wrong: the subprotocol 'chat, superchat' was not offered (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: chat|Sec-WebSocket-Protocol: chat|| ~ the server's answer is wrong: Sec-WebSocket-Protocol is there 2 times, not once (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: x-webkit-deflate-frame|| ~ the server's answer is wrong: the extension 'x-webkit-deflate-frame' was not offered (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16|| ~ the server's answer is wrong: the parameters of permessage-deflate do not answer the offer (RFC 7692 section 5.1) (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: permessage-deflate|| ~ the server's answer is wrong: the parameters of permessage-deflate do not answer the offer (RFC 7692 section 5.1) (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate|| ~ the server's answer is wrong: there is more than one extension, one was offered (RFC 6455 section 4.1)
          HEADSec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: permessage-deflate; =1|| ~ the server's answer is wrong: Sec-WebSocket-Extensions: parameter without a name (RFC 6455 section 4.1)
          HEAD folded: x|| ~ the server's answer has the line ' folded: x', which is no header
          HEADno colon|| ~ the server's answer has the line 'no colon', which is no header
          HEADspace : x|| ~ the server's answer has the line 'space : x', which is no header
          HEADX-Bare: a\rb|| ~ the server's answer has control characters in the header X-Bare
          HTTP/1.1 101 Swi ~ the server has ended the connection within the head of its answer
          "" ~ the server has ended the connection without an answer
          HEADX-Large: LARGE ~ the server's answer has a head of more than 1024 bytes (maxHeadBytes)
          """)
  void answer(String sent, String said) throws Exception {
    String bytes =
        sent.replace("LARGE", "x".repeat(2000))
            .replace("HEAD", HEAD)
            .replace("LINE", LINE)
            .replace("\\r", "\r")
            .replace("|", "\r\n");
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.readHead();
              peer.send(bytes);
              peer.socket().shutdownOutput();
              assertThat(peer.readAll()).as("what is sent after a wrong answer").isEmpty();
            })) {
      Recording handler = new Recording();
      CompletableFuture<?> connected =
          client.connect(ClientRequest.to(server.uri()).subprotocols("chat", "superchat"), handler);

      assertThatThrownBy(() -> connected.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(HandshakeFailedException.class)
          .hasMessage(said);
      assertThat(client.connections()).isEmpty();
    }
  }
}
