package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose turn it is, on threads that many share. */
class TurnFaultTest extends FaultTest {

  private static final int FLOODING = 4;

  private static final int PIECES = 20_000;

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  TurnFaultTest(Container container) {
    super(container);
  }

  @AfterEach
  void stopPool() {
    pool.shutdownNow();
  }

  /** Takes its time over binary messages, and answers texts. */
  private static final class Slow implements WebSocketHandler {

    private final AtomicInteger sum = new AtomicInteger();

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      for (int pass = 0; pass < 3; pass++) {
        for (int i = payload.position(); i < payload.limit(); i++) {
          sum.addAndGet(payload.get(i));
        }
      }
    }
  }

  @Test
  void R25_a_peer_that_sends_faster_than_its_messages_are_handled() throws Exception {
    Slow slow = new Slow();
    serve(handshake -> slow, Map.of());
    AtomicBoolean enough = new AtomicBoolean();
    byte[] message = binary(new byte[16 << 10]);
    List<CompletableFuture<Void>> floods = new ArrayList<>();
    for (int i = 0; i < FLOODING; i++) {
      RawClient flooding = open();
      floods.add(CompletableFuture.runAsync(() -> sendUntil(enough, flooding, message)));
    }
    RawClient other = open();
    for (int i = 0; i < 50; i++) {
      other.send(text("echo " + i));
      assertThat(other.next()).hasToString("text echo " + i);
    }
    enough.set(true);
    for (CompletableFuture<Void> flood : floods) {
      flood.get(60, TimeUnit.SECONDS);
    }
  }

  private static void sendUntil(AtomicBoolean enough, RawClient client, byte[] message) {
    try {
      while (!enough.get()) {
        client.send(message);
      }
    } catch (IOException e) {
      throw new AssertionError("the flooding peer was ended", e);
    }
  }

  /** The obvious way to send much: the next piece when the one before is out. */
  @Test
  void R27_stages_that_cause_the_next_one() throws Exception {
    serve(handshake -> new Pump(), Map.of());
    RawClient client = open();
    client.send(text("go"));
    for (int i = 0; i < PIECES; i++) {
      assertThat(client.next().payload()).hasSize(1024);
    }
    assertThat(client.next()).hasToString("text done");
    client.send(text("ping?"));
    assertThat(client.next()).hasToString("text ping?");
  }

  private static final class Pump extends RecordedEcho {

    @Override
    public void onText(WebSocket socket, String text) {
      if (text.equals("go")) {
        pump(socket, PIECES);
      } else {
        super.onText(socket, text);
      }
    }

    private static void pump(WebSocket socket, int left) {
      if (left == 0) {
        socket.sendText("done");
        return;
      }
      socket.sendBinary(new byte[1024]);
      socket.whenSent().thenRun(() -> pump(socket, left - 1));
    }
  }

  /** Keeps the connections in the order in which they open, and tells each that it is. */
  private abstract static class Keeping implements WebSocketHandler {

    final List<WebSocket> sockets = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onOpen(WebSocket socket) {
      sockets.add(socket);
      socket.sendText("open");
    }
  }

  /** Ending a connection does not wait for the threads of handlers. */
  @Test
  void R28_an_executor_whose_threads_are_all_in_handlers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Keeping blocking =
        new Keeping() {
          @Override
          public void onText(WebSocket socket, String text) {
            await(release);
          }
        };
    serveOn(pool, blocking, Map.of("closeTimeout", SHORT));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = open();
      assertThat(client.next()).hasToString("text open");
      clients.add(client);
    }
    clients.get(0).send(text("block"));
    clients.get(1).send(text("block"));
    blocking.sockets.get(2).abort();
    blocking.sockets.get(3).close();
    assertThat(clients.get(2).isEnded()).isTrue();
    assertThat(clients.get(3).next()).hasToString("close 1000");
    assertThat(clients.get(3).isEnded()).as("after closeTimeout").isTrue();
    release.countDown();
  }

  /** Two connections that resume each other, in both directions, on threads of the container. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void R28_two_that_resume_each_other(boolean inline) throws Exception {
    Executor executor =
        inline
            ? Runnable::run
            : task -> {
              throw new RejectedExecutionException("full");
            };
    AtomicInteger received = new AtomicInteger();
    Keeping relay =
        new Keeping() {
          @Override
          public void onBinary(WebSocket socket, ByteBuffer payload) {
            received.incrementAndGet();
            WebSocket other = sockets.get(socket == sockets.get(0) ? 1 : 0);
            socket.pause();
            other.sendBinary(payload);
            other.whenSent().whenComplete((sent, failure) -> socket.resume());
          }
        };
    serveOn(executor, relay, Map.of());
    RawClient[] clients = {open(), open()};
    List<CompletableFuture<Void>> exchanges = new ArrayList<>();
    for (RawClient client : clients) {
      assertThat(client.next()).hasToString("text open");
    }
    for (RawClient client : clients) {
      exchanges.add(CompletableFuture.runAsync(() -> sendMany(client)));
      exchanges.add(CompletableFuture.runAsync(() -> receiveMany(client)));
    }
    for (CompletableFuture<Void> exchange : exchanges) {
      exchange.get(60, TimeUnit.SECONDS);
    }
    assertThat(received).hasValue(2 * RELAYED);
  }

  private static final int RELAYED = 300;

  private static void sendMany(RawClient client) {
    try {
      for (int i = 0; i < RELAYED; i++) {
        client.send(binary(new byte[20_000]));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void receiveMany(RawClient client) {
    try {
      for (int i = 0; i < RELAYED; i++) {
        assertThat(client.next().payload()).hasSize(20_000);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
