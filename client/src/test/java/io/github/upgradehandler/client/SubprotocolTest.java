package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.SubprotocolHandlers;
import io.github.upgradehandler.WebSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 1.9, on this side: the server's choice decides about the handler. */
class SubprotocolTest {

  private final Recording old = new Recording();
  private final Recording other = new Recording();
  private final Recording echo = new Recording();

  @Test
  void theHandlerGoesByWhatTheServerAgreesTo() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client = WebSocketClient.create()) {
      SubprotocolHandlers handlers =
          SubprotocolHandlers.of("new", agreed -> old).and("echo", agreed -> echo);
      WebSocket socket =
          client
              .connect(ClientRequest.to("ws://127.0.0.1:" + server.getPort()), handlers)
              .get(10, TimeUnit.SECONDS);
      assertThat(socket.subprotocol()).hasValue("echo");
      assertThat(echo.next()).isEqualTo("open");
      socket.sendText("hello");
      assertThat(echo.next()).isEqualTo("text hello");
      socket.close();
      echo.closed();
    }
  }

  @Test
  void noneFailsUnlessThereIsAHandlerForIt() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.readAll();
                });
        WebSocketClient client = WebSocketClient.create()) {
      ClientRequest request = ClientRequest.to(server.uri()).subprotocols("replaced");
      SubprotocolHandlers handlers =
          SubprotocolHandlers.of("a", agreed -> old).and("b", agreed -> old);
      assertThatThrownBy(() -> client.connect(request, handlers).get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(HandshakeFailedException.class)
          .hasMessage("none of the subprotocols a, b is agreed on");
      client.connect(request, handlers.orElse(agreed -> other)).get(10, TimeUnit.SECONDS).abort();
      assertThat(other.next()).isEqualTo("open");
      assertThat(server.heads()).allMatch(head -> head.contains("Protocol: a, b\r\n"));
    }
  }
}
