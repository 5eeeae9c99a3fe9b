package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testing.ClientFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The init-param {@code executor}. */
@Timeout(60)
class ExecutorOptionTest {

  private static final Map<String, String> VIRTUAL = Map.of("executor", "virtual");

  /** More than the container has threads. */
  private static final int BLOCKED = 250;

  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore blocked = new Semaphore(0);

  private final WebSocketHandler blocking =
      new WebSocketHandler() {
        @Override
        public void onText(WebSocket socket, String text) {
          if (text.equals("block")) {
            blocked.release();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          socket.sendText(text);
        }
      };

  @Test
  void R11_on_virtual_threads_all_go_on_however_many_handlers_block() throws Exception {
    if (Runtime.version().feature() < 21) {
      assertThatThrownBy(() -> new ServletServer(handshake -> blocking, VIRTUAL).close())
          .hasStackTraceContaining("option 'executor' = 'virtual': needs Java 21 or later");
      return;
    }
    List<RawClient> clients = new ArrayList<>();
    try (ServletServer server = new ServletServer(handshake -> blocking, VIRTUAL)) {
      for (int i = 0; i < BLOCKED; i++) {
        RawClient client = RawClient.opened(server);
        client.send(ClientFrames.text("block"), ClientFrames.text("behind it"));
        clients.add(client);
      }
      blocked.acquire(BLOCKED);
      try (RawClient free = RawClient.opened(server)) {
        free.send(ClientFrames.text("hello"));
        assertThat(free.next()).hasToString("text hello");
      }
      release.countDown();
      for (RawClient client : clients) {
        assertThat(client.next()).hasToString("text block");
        assertThat(client.next()).hasToString("text behind it");
      }
    } finally {
      release.countDown();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
