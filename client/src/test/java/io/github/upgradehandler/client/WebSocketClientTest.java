package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebSocketClientTest {

  @ParameterizedTest
  @EnumSource
  void talksToAnotherImplementation(HandlerThreads threads) throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client =
            WebSocketClient.create(ClientConfig.builder().handlerThreads(threads).build())) {
      Recording handler = new Recording();
      WebSocket socket =
          connect(client, ClientRequest.to("ws://127.0.0.1:" + server.getPort()), handler);

      assertThat(handler.next()).isEqualTo("open");
      socket.sendText("hello");
      assertThat(handler.next()).isEqualTo("text hello");
      socket.sendText("x".repeat(20_000)); // compressed
      assertThat(handler.next()).isEqualTo("text of 20000");
      socket.sendBinary(new byte[60_000]);
      assertThat(handler.next()).isEqualTo("binary of 60000");
      socket.sendPing(ByteBuffer.wrap(new byte[] {112}));
      assertThat(handler.next()).isEqualTo("pong p");
      socket.close(4000, "enough");
      CloseEvent closed = handler.closed();
      assertThat(closed.code()).isEqualTo(4000);
      assertThat(client.connections()).isEmpty();
    }
  }

  @Test
  void sendsWhatTheRequestSays() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept("Sec-WebSocket-Protocol: b", "X-Server: yes");
                  peer.readAll();
                });
        WebSocketClient client = WebSocketClient.create()) {
      ClientRequest request =
          ClientRequest.to(server.uri())
              .header("Authorization", "Bearer token")
              .cookie("id", "1")
              .cookie("theme", "dark")
              .subprotocols("a", "b");

      WebSocket socket = connect(client, request, new Recording());

      assertThat(socket.subprotocol()).hasValue("b");
      assertThat(socket.attribute(WebSocketClient.RESPONSE).orElseThrow().header("x-server"))
          .hasValue("yes");
      assertThat(socket.handshake().path()).isEqualTo("/path");
      assertThat(server.heads().get(0).replaceAll("Key: .*\r", "Key: KEY\r"))
          .isEqualTo(
              String.join(
                      "\r\n",
                      "GET /path?query=1 HTTP/1.1",
                      "Host: 127.0.0.1:" + server.port(),
                      "Upgrade: websocket",
                      "Connection: Upgrade",
                      "Sec-WebSocket-Key: KEY",
                      "Sec-WebSocket-Version: 13",
                      "Sec-WebSocket-Protocol: a, b",
                      "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                          + " client_no_context_takeover; client_max_window_bits",
                      "Cookie: id=1; theme=dark",
                      "Authorization: Bearer token")
                  + "\r\n\r\n");
      socket.abort();
    }
  }

  @Test
  void framesThatComeWithTheAnswerAreDelivered() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send(
                      "HTTP/1.1 101 X\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"
                          + "Sec-WebSocket-Accept: ACCEPT\r\n\r\n\u0081\u0001a\u0081\u0001b");
                  peer.readAll();
                });
        WebSocketClient client = WebSocketClient.create()) {
      Recording handler = new Recording();
      WebSocket socket = connect(client, ClientRequest.to(server.uri()), handler);
      assertThat(List.of(handler.next(), handler.next(), handler.next()))
          .containsExactly("open", "text a", "text b");
      socket.abort();
    }
  }

  @Test
  void masksEachFrameWithAnotherKey() throws Exception {
    CompletableFuture<String> came = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  came.complete(peer.readHex(14));
                });
        WebSocketClient client = WebSocketClient.create()) {
      WebSocket socket = connect(client, ClientRequest.to(server.uri()), new Recording());
      socket.sendText("a");
      socket.sendText("a");
      String frames = came.get(10, TimeUnit.SECONDS);
      assertThat(frames).matches("8181.{10}8181.{10}");
      socket.abort();
      assertThat(frames.substring(4, 12)).isNotEqualTo(frames.substring(18, 26));
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    ClientConfig config = ClientConfig.builder().handshakeTimeout(Duration.ofMillis(50)).build();
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Peer::readAll);
        WebSocketClient client = WebSocketClient.create(config)) {
      assertThatThrownBy(() -> connect(client, ClientRequest.to(server.uri()), new Recording()))
          .cause()
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(
              "127.0.0.1:"
                  + server.port()
                  + " has not answered the opening handshake within 50 ms (handshakeTimeout)");
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ScriptedServer server = new ScriptedServer(peer -> {})) {
      port = server.port();
    }
    try (WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(
              () -> connect(client, ClientRequest.to("ws://127.0.0.1:" + port), new Recording()))
          .cause()
          .isInstanceOf(ConnectException.class)
          .hasMessage("127.0.0.1: Connection refused");
    }
  }

  @Test
  void whatIsCancelledIsGivenUp() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  asked.complete(null);
                  ended.complete(peer.readAll().length);
                });
        WebSocketClient client = WebSocketClient.create()) {
      CompletableFuture<WebSocket> connected = client.connect(server.uri(), new Recording());
      asked.get(10, TimeUnit.SECONDS);
      connected.cancel(true);
      assertThat(ended.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void closingTheClientClosesItsConnections() throws Exception {
    try (EchoPeer server = EchoPeer.plain()) {
      Recording handler = new Recording();
      WebSocketClient client = WebSocketClient.create();
      connect(client, ClientRequest.to("ws://127.0.0.1:" + server.getPort()), handler);
      client.close();
      client.close();
      assertThat(handler.closed().code()).isEqualTo(1001);
      assertThatThrownBy(() -> client.connect("ws://127.0.0.1", handler))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the client is closed");
    }
  }

  @Test
  void manyConnectionsTakeFewThreads() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client = WebSocketClient.create(ClientConfig.builder().build())) {
      List<CompletableFuture<WebSocket>> sockets = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        sockets.add(client.connect("ws://127.0.0.1:" + server.getPort(), new Recording()));
      }
      for (CompletableFuture<WebSocket> socket : sockets) {
        assertThat(socket.get(30, TimeUnit.SECONDS).isOpen()).isTrue();
      }
      assertThat(client.connections()).hasSize(300);
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().startsWith("websocket-client-io")))
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  private static WebSocket connect(WebSocketClient client, ClientRequest request, Recording handler)
      throws Exception {
    return client.connect(request, handler).get(10, TimeUnit.SECONDS);
  }
}
