package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.WebSocket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Redirections and 401. */
class FollowingTest {

  private static final String MOVED = "HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n";

  @Test
  void goesWhereTheServerSays() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  if (peer.readHead().startsWith("GET /path")) {
                    peer.send(String.format(MOVED, "/elsewhere?x=1"));
                  } else {
                    peer.answer();
                    peer.readAll();
                  }
                });
        WebSocketClient client = WebSocketClient.create()) {
      ClientRequest request = ClientRequest.to(server.uri()).header("Authorization", "Bearer t");
      WebSocket socket = connect(client, request);
      assertThat(socket.handshake().path()).isEqualTo("/elsewhere");
      assertThat(server.heads().get(1)).contains("GET /elsewhere?x=1 ", "Authorization: Bearer t");
      socket.abort();
    }
  }

  @Test
  void anotherOriginGetsNoCredentials() throws Exception {
    try (ScriptedServer other =
            new ScriptedServer(
                peer -> {
                  peer.accept("Sec-WebSocket-Protocol: a");
                  peer.readAll();
                });
        ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send(String.format(MOVED, "http://127.0.0.1:" + other.port() + "/b"));
                });
        WebSocketClient client = WebSocketClient.create()) {
      ClientRequest request =
          ClientRequest.to(server.uri())
              .header("Authorization", "Bearer t")
              .cookie("id", "1")
              .subprotocols("a");
      connect(client, request).abort();
      assertThat(other.heads().get(0)).contains("GET /b ", "Protocol: a");
      assertThat(other.heads().get(0)).doesNotContain("Authorization", "Cookie");
    }
  }

  @Test
  void endlessRedirectionsAreBounded() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send(String.format(MOVED, "/path"));
                });
        WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(() -> connect(client, ClientRequest.to(server.uri())))
          .cause()
          .hasMessage("the server has answered 302 Found, not 101");
      assertThat(server.heads()).hasSize(6);
    }
  }

  @Test
  void whatIsNoWebSocketIsNotFollowed() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send(String.format(MOVED, "ftp://example.org/"));
                });
        WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(() -> connect(client, ClientRequest.to(server.uri())))
          .cause()
          .isInstanceOf(HandshakeFailedException.class)
          .hasMessage(
              "the server's redirection cannot be followed: the address ftp://example.org/ is"
                  + " neither ws: nor wss: (RFC 6455 section 3)");
    }
  }

  @Test
  void credentialsAreShownWhenTheServerAsks() throws Exception {
    ClientConfig config =
        ClientConfig.builder()
            .authorization(
                (request, response) ->
                    response
                        .header("WWW-Authenticate")
                        .filter(asked -> asked.startsWith("Basic"))
                        .map(asked -> Credentials.basic("user", "word")))
            .build();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  String head = peer.readHead();
                  if (head.contains("Authorization: Basic dXNlcjp3b3Jk\r\n")) {
                    peer.answer();
                    peer.readAll();
                  } else {
                    peer.send("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\n\r\n");
                  }
                });
        WebSocketClient client = WebSocketClient.create(config)) {
      connect(client, ClientRequest.to(server.uri())).abort();
      assertThat(server.heads()).hasSize(2);
    }
  }

  @Test
  void credentialsThatAreRefusedAreShownOnce() throws Exception {
    ClientConfig config =
        ClientConfig.builder()
            .authorization((request, response) -> Optional.of("Bearer t"))
            .build();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 401 No\r\n\r\n");
                });
        WebSocketClient client = WebSocketClient.create(config)) {
      assertThatThrownBy(() -> connect(client, ClientRequest.to(server.uri())))
          .cause()
          .hasMessage("the server has answered 401 No, not 101");
      assertThat(server.heads()).hasSize(2);
    }
  }

  private static WebSocket connect(WebSocketClient client, ClientRequest request) throws Exception {
    return client.connect(request, new Recording()).get(10, TimeUnit.SECONDS);
  }
}
