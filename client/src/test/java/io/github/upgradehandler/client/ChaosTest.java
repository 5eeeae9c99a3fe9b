package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.faults.ChaosProxy;
import io.github.upgradehandler.faults.LeakCheck;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients behind a {@link ChaosProxy} each, which come back whenever it ends their connection: for
 * every message that was accepted either its echo comes, once, or the end of a connection is told.
 */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ChaosTest {

  private static final long SECONDS = Long.getLong("chaos.seconds", 2);

  /** After each, nothing may be left. */
  private static final long ROUND_SECONDS = 300;

  /** Longer than a machine is busy with other things; nothing that is right takes so long. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int CLIENTS = 12;
  private static final int LONGEST_MESSAGE = 3000;
  private static final int LETTERS = 16;

  private static final ReconnectPolicy SOON =
      ReconnectPolicy.DEFAULTS
          .withWindows(Duration.ofMillis(20), Duration.ofMillis(100))
          .withMaxHeldBytes(1 << 20);

  private final AtomicInteger echoed = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();

  @Test
  void whatIsAcceptedIsAnsweredOrItsEndIsTold() throws Exception {
    try (JettyServer server =
        new JettyServer(
            0,
            new WebSocketServlet(
                WebSocketConfig.builder().compression(true).build(),
                handshake -> new EchoServerMain.Echo()))) {
      List<ChaosProxy> proxies = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        proxies.add(new ChaosProxy(server.port(), i));
      }
      try (WebSocketClient client = WebSocketClient.create()) {
        long warmUp = Math.max(1, Math.min(SECONDS / 5, ROUND_SECONDS));
        LeakCheck leaks =
            new LeakCheck(
                () -> run(client, proxies, warmUp),
                () -> client.connections().size() + server.openConnections());
        for (long left = SECONDS; left > 0; left -= ROUND_SECONDS) {
          long seconds = Math.min(left, ROUND_SECONDS);
          leaks.assertNothingIsLeftOf(() -> run(client, proxies, seconds));
          System.out.println(echoed + " echoes, " + ends + " ends");
        }
      }
      for (ChaosProxy proxy : proxies) {
        proxy.close();
      }
    }
    assertThat(echoed.get()).isGreaterThan(100);
    assertThat(ends.get()).isPositive();
  }

  private void run(WebSocketClient client, List<ChaosProxy> proxies, long seconds)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ChaosProxy proxy = proxies.get(i);
      Random random = new Random(i);
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      new Thread(
              () -> {
                try {
                  new Talk(client, proxy, random).until(end);
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
              },
              "chaos client " + i)
          .start();
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .get(seconds + 2L * PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** One client that comes back. */
  private final class Talk implements WebSocketHandler {

    /** Says that a connection has ended; no message is empty. */
    private static final String END = "";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Set<Integer> answered = new HashSet<>();
    private final Random random;
    private final ReconnectingWebSocket socket;
    private int number;

    Talk(WebSocketClient client, ChaosProxy proxy, Random random) {
      this.random = random;
      socket =
          client.reconnecting(
              ClientRequest.to("ws://127.0.0.1:" + proxy.port() + "/socket"), this, SOON);
    }

    @Override
    public void onText(WebSocket connection, String text) {
      events.add(text);
    }

    @Override
    public void onClose(WebSocket connection, CloseEvent event) {
      if (event.code() != 1000 && event.code() != 1006) {
        events.add(event.toString()); // somebody broke the protocol
      }
      events.add(END);
    }

    void until(long end) throws Exception {
      while (System.nanoTime() - end < 0) {
        exchange();
      }
      socket.close();
      ReconnectEnd last =
          socket.whenEnded().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (Message unsent : last.unsent()) {
        assertThat(answered).doesNotContain(numberOf(((Message.Text) unsent).text()));
      }
    }

    private void exchange() throws Exception {
      String message = ++number + " " + letters();
      assertThat(socket.sendText(message)).isEqualTo(SendResult.ACCEPTED);
      while (true) {
        String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an answer to message %d, or an end", number).isNotNull();
        if (event.equals(END)) {
          ends.incrementAndGet();
          return; // this message may be lost, or be held for the next connection
        }
        assertThat(event).as("what came").matches("\\d+ [a-z]*");
        int came = numberOf(event);
        assertThat(answered.add(came)).as("message %d is answered once", came).isTrue();
        if (came == number) {
          assertThat(event).isEqualTo(message);
          echoed.incrementAndGet();
          return;
        }
        assertThat(came).as("an answer to what was sent").isLessThan(number);
      }
    }

    private static int numberOf(String message) {
      return Integer.parseInt(message.substring(0, message.indexOf(' ')));
    }

    /** Half of it is lost to compression. */
    private String letters() {
      StringBuilder letters = new StringBuilder();
      for (int left = random.nextInt(LONGEST_MESSAGE); left > 0; left--) {
        letters.append((char) ('a' + random.nextInt(LETTERS)));
      }
      return letters.toString();
    }
  }
}
