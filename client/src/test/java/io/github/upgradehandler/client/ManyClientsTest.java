package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.faults.LeakCheck;
import io.github.upgradehandler.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connections of one client. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ManyClientsTest {

  private static final int CLIENTS = 1000;
  private static final int CONNECTIONS = 10_000;
  private static final int AT_ONCE = 200;
  private static final int MOST_THREADS = 100;
  private static final long TICK_MILLIS = 20;
  private static final long MOST_HEAP = 4000;

  /** The defaults, with connections that count as stable, as they would after 10 s. */
  private static final ReconnectPolicy STABLE =
      ReconnectPolicy.DEFAULTS.withStableAfter(Duration.ZERO);

  /** Counts how often it was open. */
  private static final class Opened implements WebSocketHandler {

    private final AtomicInteger times = new AtomicInteger();

    @Override
    public void onOpen(WebSocket socket) {
      times.incrementAndGet();
    }

    @Override
    public void onText(WebSocket socket, String text) {}
  }

  @Test
  void theClientsOfAServerThatIsKilledComeBackSpreadAndEachOnce() throws Exception {
    EchoServerProcess first = EchoServerProcess.start(0);
    CompletableFuture<ClientRequest> request =
        CompletableFuture.completedFuture(ClientRequest.to(first.uri()));
    Queue<Long> tries = new ConcurrentLinkedQueue<>();
    List<Opened> handlers = new ArrayList<>();
    try (WebSocketClient client = WebSocketClient.create()) {
      for (int i = 0; i < CLIENTS; i++) {
        Opened handler = new Opened();
        handlers.add(handler);
        client.reconnecting(
            attempt -> {
              tries.add(System.nanoTime());
              return request;
            },
            handler,
            STABLE,
            state -> {});
      }
      Await.until("all to be connected", () -> client.connections().size() == CLIENTS);
      assertThat(tries).as("connections at the beginning").hasSize(CLIENTS);
      tries.clear();

      long begin = System.nanoTime();
      first.kill();
      try (EchoServerProcess second = EchoServerProcess.start(first.port())) {
        long end = begin + TimeUnit.SECONDS.toNanos(30);
        long longestStall = 0;
        CountDownLatch over = new CountDownLatch(1);
        while (client.connections().size() < CLIENTS || !allBack(handlers)) {
          long before = System.nanoTime();
          assertThat(before - end).as("nanoseconds over 30 s").isNegative();
          assertThat(over.await(TICK_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
          long stall = System.nanoTime() - before - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
          longestStall = Math.max(longestStall, stall);
        }
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(client.connections()).hasSize(CLIENTS);
        assertThat(handlers).allMatch(handler -> handler.times.get() == 2);
        // Those that were due while the machine stood still come at once after it.
        long most = CLIENTS / 10 + CLIENTS / 10 * longestStall / TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 10; i++) {
          int number = i;
          assertThat(tries)
              .filteredOn(at -> TimeUnit.NANOSECONDS.toSeconds(at - begin) == number)
              .as("tries in second %d, with a longest stall of %d ns", i, longestStall)
              .hasSizeLessThanOrEqualTo((int) most);
        }
      }
    }
  }

  private static boolean allBack(List<Opened> handlers) {
    return handlers.stream().allMatch(handler -> handler.times.get() == 2);
  }

  @Test
  void tenThousandConnectionsTakeFewThreadsAndLittleHeap() throws Exception {
    int before = Thread.activeCount();
    long heap = LeakCheck.heapAfterCollecting();
    AtomicInteger answers = new AtomicInteger();
    WebSocketHandler counting =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            answers.incrementAndGet();
          }
        };
    try (EchoServerProcess server = EchoServerProcess.start(0);
        WebSocketClient client = WebSocketClient.create()) {
      Semaphore connecting = new Semaphore(AT_ONCE);
      List<CompletableFuture<WebSocket>> sockets = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        connecting.acquire();
        CompletableFuture<WebSocket> socket = client.connect(server.uri(), counting);
        CompletionStage<WebSocket> outcome = socket;
        outcome.whenComplete((opened, failure) -> connecting.release());
        sockets.add(socket);
      }
      for (CompletableFuture<WebSocket> socket : sockets) {
        assertThat(socket.get(1, TimeUnit.MINUTES).sendText("hello").isAccepted()).isTrue();
      }
      Await.until("an answer on each", () -> answers.get() == CONNECTIONS);
      assertThat(client.connections()).hasSize(CONNECTIONS);
      assertThat(Thread.activeCount() - before).isLessThan(MOST_THREADS);

      sockets.clear();
      long each = (LeakCheck.heapAfterCollecting() - heap) / CONNECTIONS;
      System.out.println(CONNECTIONS + " connections at rest: " + each + " bytes of heap each");
      assertThat(each).as("bytes of heap for a connection").isLessThan(MOST_HEAP);
    }
  }
}
