package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.Echo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R12: the web application goes out of service. */
@Timeout(60)
class UndeployTest {

  private static CompletableFuture<Void> undeploy(ServletServer server) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            server.undeploy();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Jetty itself passes no request to a context that stops; other containers do. */
  @Test
  void R12_handshakes_are_answered_with_503_from_the_beginning_of_the_end() throws Exception {
    WebSocketServlet servlet = new WebSocketServlet(handshake -> new Echo());
    try (ServletServer server = new ServletServer(servlet, Map.of("drainTimeout", "30s"));
        RawClient client = RawClient.opened(server);
        RawClient late = new RawClient(server)) {
      CompletableFuture<Void> destroyed = CompletableFuture.runAsync(servlet::destroy);
      assertThat(client.next()).hasToString("close 1001 server shuts down");
      HttpReply reply = late.request(handshake("/socket"));
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).containsExactly("5");
      assertThat(destroyed).isNotDone();
      client.answerClose(1001);
      destroyed.get(20, TimeUnit.SECONDS);
      assertThat(servlet.connections()).isEmpty();
      assertThat(late.request(handshake("/socket")).status()).isEqualTo(503);
    }
  }

  @Test
  void R12_open_connections_get_1001_and_new_handshakes_are_refused() throws Exception {
    try (ServletServer server =
        new ServletServer(handshake -> new Echo(), Map.of("drainTimeout", "30s"))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(RawClient.opened(server));
      }
      CompletableFuture<Void> undeployed = undeploy(server);
      for (RawClient client : clients) {
        assertThat(client.next()).hasToString("close 1001 server shuts down");
      }
      try (RawClient late = new RawClient(server)) {
        HttpReply reply = late.request(handshake("/socket"));
        assertThat(reply.status()).isIn(404, 503);
        assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
      }
      assertThat(undeployed).isNotDone();
      for (RawClient client : clients) {
        client.send(close(1001, ""));
        assertThat(client.isEnded()).isTrue();
        client.close();
      }
      undeployed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void R12_those_that_do_not_answer_are_ended_within_the_drain_time() throws Exception {
    TellingEcho handler = new TellingEcho();
    try (ServletServer server =
            new ServletServer(
                handshake -> handler, Map.of("drainTimeout", "200ms", "drainCode", "1012"));
        RawClient client = RawClient.opened(server)) {
      handler.expect("open");
      undeploy(server).get(20, TimeUnit.SECONDS);
      assertThat(client.next()).hasToString("close 1012 server shuts down");
      assertThat(client.isEnded()).isTrue();
      handler.expect("close 1006 by LOCAL");
    }
  }

  @Test
  void R12_no_thread_is_left() throws Exception {
    Set<Thread> before = threads();
    try (ServletServer server = new ServletServer(handshake -> new Echo(), Map.of());
        RawClient client = RawClient.opened(server)) {
      assertThat(before.containsAll(threads())).as("it has threads").isFalse();
      CompletableFuture<Void> undeployed = undeploy(server);
      assertThat(client.next()).hasToString("close 1001 server shuts down");
      client.answerClose(1001);
      undeployed.get(20, TimeUnit.SECONDS);
    }
    Await.until("the library's threads to end", () -> before.containsAll(threads()));
  }

  /** The library's threads; other tests may have left some that are about to end. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("websocket-"))
        .collect(Collectors.toSet());
  }
}
