package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP by CONNECT (RFC 9110 section 9.3.6), and SOCKS 5 (RFC 1928, 1929). */
class ProxyTest {

  private static final String FAR = "ws://no-such-host.test/feed";
  private static final String GREETING = "050100";
  private static final String REQUEST = "05010003" + "11" + hex("no-such-host.test") + "0050";

  @Test
  void httpIsAskedToConnect() throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
                  peer.accept();
                  peer.readAll();
                });
        WebSocketClient client = client(Proxy.Type.HTTP, proxy, true)) {
      connect(client, FAR).abort();
      assertThat(proxy.heads().get(0))
          .isEqualTo(
              String.join(
                  "\r\n",
                  "CONNECT no-such-host.test:80 HTTP/1.1",
                  "Host: no-such-host.test:80",
                  "Proxy-Authorization: Basic dTpw",
                  "",
                  ""));
      assertThat(proxy.heads().get(1))
          .startsWith("GET /feed HTTP/1.1\r\nHost: no-such-host.test\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          407 Proxy Authentication Required | the proxy has answered 407 Proxy Authentication Required to CONNECT
          502                               | the proxy has answered 502 to CONNECT
          200 OK~~extra                     | the proxy has sent something of its own after its answer to CONNECT
          """)
  void httpThatRefuses(String status, String said) throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 " + status.replace("~", "\r\n") + "\r\n\r\n");
                  peer.readAll();
                });
        WebSocketClient client = client(Proxy.Type.HTTP, proxy, false)) {
      assertThatThrownBy(() -> connect(client, FAR))
          .cause()
          .isInstanceOf(HandshakeFailedException.class)
          .hasMessage(said);
    }
  }

  @Test
  void socksIsAskedByName() throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                peer -> {
                  expect(peer, GREETING);
                  peer.sendHex("0500");
                  expect(peer, REQUEST);
                  peer.sendHex("05000001 00000000 0000");
                  peer.accept();
                  peer.readAll();
                });
        WebSocketClient client = client(Proxy.Type.SOCKS, proxy, false)) {
      connect(client, FAR).abort();
    }
  }

  @Test
  void socksIsShownTheUser() throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                peer -> {
                  expect(peer, "050102");
                  peer.sendHex("0502");
                  expect(peer, "0101" + hex("u") + "01" + hex("p"));
                  peer.sendHex("0100");
                  expect(peer, REQUEST);
                  peer.sendHex("05000003 03" + hex("abc") + "0050");
                  peer.accept();
                  peer.readAll();
                });
        WebSocketClient client = client(Proxy.Type.SOCKS, proxy, true)) {
      connect(client, FAR).abort();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0400     |          | the SOCKS proxy does not speak version 5
          05ff     |          | the SOCKS proxy accepts no way to sign in that is offered
          0502     |          | the SOCKS proxy accepts no way to sign in that is offered
          0500     | 05050001 | the SOCKS proxy cannot reach no-such-host.test:80: connection refused
          0500     | 05ff0001 | the SOCKS proxy cannot reach no-such-host.test:80: code -1
          0500     | 05000002 | the SOCKS proxy answers with an unknown type of address
          05       |          | the SOCKS proxy has ended the connection
          """)
  void socksThatRefuses(String method, String reply, String said) throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                peer -> {
                  expect(peer, GREETING);
                  peer.sendHex(method);
                  if (reply != null) {
                    expect(peer, REQUEST);
                    peer.sendHex(reply + "00");
                  }
                  peer.socket().shutdownOutput();
                  peer.readAll();
                });
        WebSocketClient client = client(Proxy.Type.SOCKS, proxy, false)) {
      assertThatThrownBy(() -> connect(client, FAR)).cause().hasMessage(said);
    }
  }

  @Test
  void whatTheSelectorLeavesOutIsReachedDirectly() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client =
            WebSocketClient.create(
                ClientConfig.builder().proxySelector(ProxySelector.of(null)).build())) {
      connect(client, "ws://127.0.0.1:" + server.getPort());
    }
  }

  private static void expect(ScriptedServer.Peer peer, String hex) throws IOException {
    String came = peer.readHex(hex.length() / 2);
    if (!came.equals(hex)) {
      throw new IOException("came " + came);
    }
  }

  private static String hex(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().forEach(c -> digits.append(String.format("%02x", c)));
    return digits.toString();
  }

  private static WebSocketClient client(Proxy.Type type, ScriptedServer proxy, boolean user) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
    ProxySelector selector =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            assertThat(uri).isEqualTo(URI.create("http://no-such-host.test:80/"));
            return List.of(new Proxy(type, address));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress at, IOException failure) {}
        };
    return WebSocketClient.create(
        ClientConfig.builder()
            .proxySelector(selector)
            .proxyUser(
                at ->
                    Optional.of(new PasswordAuthentication("u", "p".toCharArray()))
                        .filter(known -> user))
            .build());
  }

  private static WebSocket connect(WebSocketClient client, String uri) throws Exception {
    return client.connect(uri, new Recording()).get(10, TimeUnit.SECONDS);
  }
}
