package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A relay between a client and a Jetty, in a Jetty itself. */
class RelayTest {

  private static final WebSocketConfig LARGE =
      WebSocketConfig.builder().maxMessageBytes(32 << 20).compression(true).build();
  private static final Duration SHORT = Duration.ofMillis(20);

  private final BlockingQueue<WebSocket> atUpstream = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final WebSocketClient relaying =
      opened(WebSocketClient.create(ClientConfig.builder().webSocket(LARGE).build()));
  private final WebSocketClient client =
      opened(WebSocketClient.create(ClientConfig.builder().webSocket(LARGE).build()));

  /** What the upstream server does: an echo, which says what it was told. */
  private final class Upstream extends WebSocketServlet {

    private static final long serialVersionUID = 1L;

    Upstream() {
      super(LARGE.toBuilder().subprotocols(List.of("chat")).build(), handshake -> new Echo());
    }
  }

  private final class Echo implements WebSocketHandler {

    @Override
    public void onOpen(WebSocket socket) {
      atUpstream.add(socket);
    }

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      socket.sendBinary(payload);
    }

    @Override
    public void onPing(WebSocket socket, ByteBuffer payload) {
      said.add("ping of " + payload.remaining());
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      said.add("close " + event.code() + " " + event.reason());
    }
  }

  private final JettyServer upstream = opened(new JettyServer(0, new Upstream()));
  private final JettyServer server =
      opened(
          new JettyServer(
              0,
              new WebSocketServlet(
                  LARGE.toBuilder().subprotocols(List.of("chat")).build(),
                  Relay.to(relaying, upstream.uri())
                      .withReconnect(
                          ReconnectPolicy.DEFAULTS.withWindows(SHORT, Duration.ofSeconds(1))))));
  private final Recording handler = new Recording();

  RelayTest() throws Exception {}

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  void messagesOfAnySizeBothWays() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()));
    for (int size : new int[] {0, 1, 125, 126, 65_536, 1 << 20, 16 << 20}) {
      socket.sendBinary(new byte[size]);
      assertThat(handler.next()).isEqualTo("binary of " + size);
    }
    socket.sendText("häll", false);
    socket.sendText("o", true);
    assertThat(handler.next()).isEqualTo("text hällo");
    socket.sendText("x".repeat(100_000)); // compressed
    assertThat(handler.next()).isEqualTo("text of 100000");
    socket.close();
    assertThat(handler.closed().code()).isEqualTo(1000);
  }

  @Test
  void theSubprotocolIsTheSameAtBothEnds() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()).subprotocols("other", "chat"));
    assertThat(socket.subprotocol()).hasValue("chat");
    assertThat(upstreamSocket().subprotocol()).hasValue("chat");
    socket.close();
  }

  @Test
  void pingsReachTheOtherEndAndAreAnsweredByIt() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()));
    upstreamSocket();
    socket.sendText("first");
    assertThat(handler.next()).isEqualTo("text first"); // so the upstream connection is there
    socket.sendPing(ByteBuffer.wrap(new byte[] {'p'}));
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("ping of 1");
    assertThat(handler.next()).isEqualTo("pong p"); // the relay's
    assertThat(handler.next()).isEqualTo("pong p"); // the upstream server's
    socket.close();
  }

  @Test
  void theClientsCloseIsToldUpstream() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()));
    upstreamSocket();
    socket.close(4001, "enough");
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("close 4001 enough");
    assertThat(handler.closed().code()).isEqualTo(4001);
  }

  @Test
  void aClientThatIsLostIsToldUpstream() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()));
    upstreamSocket();
    socket.sendText("first");
    assertThat(handler.next()).isEqualTo("text first");
    socket.abort();
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("close 1001 the relay's client is gone");
  }

  @Test
  void theUpstreamServersCloseIsToldToTheClient() throws Exception {
    connect(ClientRequest.to(server.uri()));
    WebSocket far = upstreamSocket();
    far.sendText("bye");
    far.close(4400, "closed");
    assertThat(handler.next()).isEqualTo("text bye");
    CloseEvent closed = handler.closed();
    assertThat(closed.code()).isEqualTo(4400);
    assertThat(closed.reason()).isEqualTo("closed");
  }

  @Test
  void theClientStaysWhileTheUpstreamServerIsStartedAgain() throws Exception {
    WebSocket socket = connect(ClientRequest.to(server.uri()));
    upstreamSocket();
    socket.sendText("before");
    assertThat(handler.next()).isEqualTo("text before");
    int port = upstream.port();
    upstream.kill();
    opened(new JettyServer(port, new Upstream()));
    WebSocket second = upstreamSocket();
    socket.sendText("after");
    assertThat(handler.next()).isEqualTo("text after");
    second.sendText("pushed");
    assertThat(handler.next()).isEqualTo("text pushed");
    socket.close();
    assertThat(handler.closed().code()).isEqualTo(1000);
  }

  private WebSocket connect(ClientRequest request) throws Exception {
    WebSocket socket = client.connect(request, handler).get(10, TimeUnit.SECONDS);
    assertThat(handler.next()).isEqualTo("open");
    return socket;
  }

  private WebSocket upstreamSocket() throws Exception {
    WebSocket socket = atUpstream.poll(10, TimeUnit.SECONDS);
    assertThat(socket).as("a connection at the upstream server").isNotNull();
    return socket;
  }

  private <T extends AutoCloseable> T opened(T what) {
    opened.add(what);
    return what;
  }
}
