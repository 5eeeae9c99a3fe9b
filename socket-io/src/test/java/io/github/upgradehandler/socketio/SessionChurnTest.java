package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.DirectExchange;
import io.github.upgradehandler.socketio.testing.Heap;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is left of sessions that have come and gone, however they ended. */
class SessionChurnTest {

  private static final String HANDSHAKE = "EIO=4&transport=polling";
  private static final Pattern EVENT = Pattern.compile("42\\d*\\[\"(\\w+)\"");
  private static final int THREADS = 4;
  private static final int WARM_UP = 2_000;

  /** More than caches and the test itself take, less than a byte for each session of a million. */
  private static final long HEAP_NOISE = 900_000;

  private final Semaphore ended = new Semaphore(0);
  private final AtomicInteger unanswered = new AtomicInteger();

  @Test
  void thousandsOfSessions() throws Exception {
    run(5_000, 8 << 20);
  }

  @Test
  @Tag("slow")
  void aMillionSessions() throws Exception {
    run(1_000_000, HEAP_NOISE);
  }

  private void run(int sessions, long heapNoise) throws Exception {
    try (TestApplication application = new TestApplication(this::start)) {
      HttpServlet servlet = application.servlet();
      churn(servlet, WARM_UP);
      awaitEnds(WARM_UP);
      long before = Heap.used();
      churn(servlet, sessions);
      awaitEnds(sessions);
      assertThat(application.io().sockets().sockets()).isEmpty();
      assertThat(((InMemoryAdapter) application.io().sockets().adapter()).roomCount()).isZero();
      assertThat(unanswered).hasValue(WARM_UP + sessions);
      assertThat(Heap.used() - before).isLessThan(heapNoise);
      assertThat(servlet).isNotNull(); // it is still there
    }
  }

  private void awaitEnds(int sessions) throws InterruptedException {
    assertThat(ended.tryAcquire(sessions, 1, TimeUnit.MINUTES)).isTrue();
  }

  /** Each socket is in a room, is asked what it does not answer, and waits for a poll. */
  private void start(SocketIo io) {
    io.onConnection(
        socket -> {
          socket.join("room " + socket.id());
          CompletableFuture<Args> answer = socket.emitWithAck(Duration.ofHours(1), "question");
          CompletableFuture<Args> unused =
              answer.whenComplete(
                  (args, failure) -> {
                    if (failure instanceof DisconnectedException
                        || (failure instanceof CompletionException
                            && failure.getCause() instanceof DisconnectedException)) {
                      unanswered.incrementAndGet();
                    }
                  });
          socket.onDisconnect(reason -> ended.release());
        });
  }

  private static void churn(HttpServlet servlet, int sessions) {
    CompletableFuture.allOf(
            IntStream.range(0, THREADS)
                .mapToObj(
                    thread ->
                        CompletableFuture.runAsync(
                            () -> {
                              for (int i = thread; i < sessions; i += THREADS) {
                                comeAndGo(servlet, i);
                              }
                            },
                            task -> new Thread(task, "churn-" + thread).start()))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static void comeAndGo(HttpServlet servlet, int number) {
    try {
      String opened = DirectExchange.get(servlet, HANDSHAKE).join();
      String session = HANDSHAKE + "&sid=" + TestClient.sid(opened);
      assertThat(DirectExchange.post(servlet, session, "40").join()).isEqualTo("ok");
      assertThat(TestClient.value(EVENT, DirectExchange.get(servlet, session).join()))
          .isEqualTo("question");
      CompletableFuture<String> waiting = DirectExchange.get(servlet, session);
      switch (number % 4) {
        case 0 -> { // the client says that it goes
          DirectExchange.post(servlet, session, "1").join();
          assertThat(waiting.join()).isEqualTo("6");
        }
        case 1 -> { // it breaks the protocol
          DirectExchange.post(servlet, session, "4abc").join();
          assertThat(waiting.join()).isEqualTo("1");
        }
        case 2 -> { // two polls at once
          DirectExchange.get(servlet, session).join();
          assertThat(waiting.join()).isEqualTo("1");
        }
        default -> { // it leaves the namespace first
          DirectExchange.post(servlet, session, "41").join();
          DirectExchange.post(servlet, session, "1").join();
          assertThat(waiting.join()).isEqualTo("6");
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
