package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/client.md shows. */
class DocumentationTest {

  private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

  @Test
  void handler() throws Exception {
    try (EchoPeer server = EchoPeer.plain()) {
      talk("ws://127.0.0.1:" + server.getPort());
      assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  private void talk(String uri) throws Exception {
    WebSocketHandler handler =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            print(text);
            socket.close();
          }
        };
    try (WebSocketClient client = WebSocketClient.create()) {
      WebSocket socket = client.connect(uri, handler).get();
      socket.sendText("hello");
      socket.whenClosed().toCompletableFuture().join();
    }
  }

  @Test
  void blocking() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client = WebSocketClient.create()) {
      ask(client, "ws://127.0.0.1:" + server.getPort());
      assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("Optional[Text[text=hello]]");
    }
  }

  private void ask(WebSocketClient client, String uri) throws IOException, InterruptedException {
    try (Conversation conversation = client.converse(uri)) {
      conversation.send(new Message.Text("hello"), Duration.ofSeconds(5)); // false: not in time
      Optional<Message> answer = conversation.receive(Duration.ofSeconds(5)); // empty: not in time
      print(answer);
    }
  }

  @Test
  void reconnecting() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectingWebSocket feed = feed(client, "ws://127.0.0.1:" + server.getPort());
      feed.sendText("hello");
      assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("CONNECTING");
      assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("OPEN");
      feed.close();
      assertThat(feed.whenEnded().toCompletableFuture().get(10, TimeUnit.SECONDS).unsent())
          .isEmpty();
    }
  }

  private ReconnectingWebSocket feed(WebSocketClient client, String uri) {
    WebSocketHandler handler = new Recording();
    ReconnectPolicy policy = ReconnectPolicy.DEFAULTS.withMaxHeldBytes(64 << 10);
    return client.reconnecting(
        attempt ->
            CompletableFuture.supplyAsync(
                () ->
                    ClientRequest.to(uri)
                        .header("Authorization", Credentials.bearer(freshToken()))),
        handler,
        policy,
        state -> print(state));
  }

  @Test
  void relay() throws Exception {
    try (EchoPeer upstream = EchoPeer.plain();
        WebSocketClient relaying = WebSocketClient.create();
        JettyServer server =
            new JettyServer(0, relay(relaying, "ws://127.0.0.1:" + upstream.getPort()))) {
      talk(server.uri());
      assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  private WebSocketServlet relay(WebSocketClient client, String upstream) {
    return new WebSocketServlet(
        Relay.to(
            client,
            (socket, attempt) ->
                CompletableFuture.completedStage(
                    ClientRequest.to(upstream)
                        .header("X-Client", socket.handshake().remoteAddress().toString()))));
  }

  private static String freshToken() {
    return "token";
  }

  private void print(Object printable) {
    printed.add(printable.toString());
  }
}
