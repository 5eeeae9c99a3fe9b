package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  @ParameterizedTest
  @EnumSource
  void messagesOfAnySize(HandlerThreads threads) throws Exception {
    try (EchoPeer server = EchoPeer.secure(Certificates.LOCALHOST.shown());
        WebSocketClient client =
            client(ClientConfig.builder().handlerThreads(threads), Certificates.LOCALHOST)) {
      Recording handler = new Recording();
      WebSocket socket = connect(client, "wss://localhost:" + server.getPort(), handler);
      assertThat(handler.next()).isEqualTo("open");
      for (int size : new int[] {101, 16_000, 16_384, 16_400, 60_000}) {
        socket.sendBinary(new byte[size]);
        assertThat(handler.next()).isEqualTo("binary of " + size);
      }
      socket.close();
      CloseEvent closed = handler.closed();
      assertThat(closed.code()).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void eachVersionIsEndedByCloseNotify(String version) throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    try (ScriptedServer server =
            tlsServer(
                Certificates.LOCALHOST.shown(),
                version,
                false,
                peer -> {
                  peer.accept();
                  end.complete(peer.readAll().length); // throws if close_notify does not come
                });
        WebSocketClient client = client(ClientConfig.builder(), Certificates.LOCALHOST)) {
      connect(client, "wss://localhost:" + server.port(), new Recording()).abort();
      assertThat(end.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void aServersNewKeysAreAnswered() throws Exception {
    try (ScriptedServer server =
            tlsServer(
                Certificates.LOCALHOST.shown(),
                "TLSv1.3",
                false,
                peer -> {
                  peer.accept();
                  ((SSLSocket) peer.socket()).startHandshake(); // a KeyUpdate, RFC 8446 4.6.3
                  peer.sendHex("810161");
                  peer.readHex(7);
                  peer.sendHex("810162");
                  peer.readAll();
                });
        WebSocketClient client = client(ClientConfig.builder(), Certificates.LOCALHOST)) {
      Recording handler = new Recording();
      WebSocket socket = connect(client, "wss://localhost:" + server.port(), handler);
      assertThat(handler.next()).isEqualTo("open");
      assertThat(handler.next()).isEqualTo("text a");
      socket.sendText("x");
      assertThat(handler.next()).isEqualTo("text b");
      socket.abort();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (EchoPeer server = EchoPeer.secure(Certificates.ELSEWHERE.shown());
        WebSocketClient client = client(ClientConfig.builder(), Certificates.ELSEWHERE)) {
      assertThatThrownBy(
              () -> connect(client, "wss://localhost:" + server.getPort(), new Recording()))
          .cause()
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("No subject alternative DNS name matching localhost found");
    }
  }

  @Test
  void theNameIsNotCheckedWhereThatIsConfigured() throws Exception {
    try (EchoPeer server = EchoPeer.secure(Certificates.ELSEWHERE.shown());
        WebSocketClient client =
            client(ClientConfig.builder().hostNameCheck(false), Certificates.ELSEWHERE)) {
      Recording handler = new Recording();
      connect(client, "wss://localhost:" + server.getPort(), handler);
      assertThat(handler.next()).isEqualTo("open");
    }
  }

  @Test
  void anUnknownCertificateIsRefused() throws Exception {
    try (EchoPeer server = EchoPeer.secure(Certificates.LOCALHOST.shown());
        WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(
              () -> connect(client, "wss://localhost:" + server.getPort(), new Recording()))
          .cause()
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  /**
   * Again and again: the server's alert and its end come before or after the client has written.
   */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void showsTheClientsCertificate(String version) throws Exception {
    try (ScriptedServer server =
            tlsServer(
                Certificates.LOCALHOST.shown(),
                version,
                true,
                peer -> {
                  peer.accept();
                  peer.readAll();
                });
        WebSocketClient without = client(ClientConfig.builder(), Certificates.LOCALHOST);
        WebSocketClient with =
            WebSocketClient.create(
                ClientConfig.builder().sslContext(Certificates.LOCALHOST.shown()).build())) {
      String uri = "wss://localhost:" + server.port();
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> connect(without, uri, new Recording()))
            .cause()
            .isInstanceOf(SSLException.class);
      }
      connect(with, uri, new Recording()).abort();
    }
  }

  private static ScriptedServer tlsServer(
      SSLContext tls, String version, boolean demanding, ScriptedServer.Script script)
      throws Exception {
    ServerSocket listening =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ((SSLServerSocket) listening).setEnabledProtocols(new String[] {version});
    ((SSLServerSocket) listening).setNeedClientAuth(demanding);
    return new ScriptedServer(listening, script);
  }

  private static WebSocketClient client(ClientConfig.Builder config, Certificates trusted)
      throws Exception {
    return WebSocketClient.create(config.sslContext(trusted.trusted()).build());
  }

  private static WebSocket connect(WebSocketClient client, String uri, Recording handler)
      throws Exception {
    return client.connect(uri, handler).get(10, TimeUnit.SECONDS);
  }
}
