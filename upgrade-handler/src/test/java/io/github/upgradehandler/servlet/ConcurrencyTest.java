package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testkit.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R7 over TCP: many threads and one connection, one thread and many connections. */
@Timeout(120)
class ConcurrencyTest {

  private static final Map<String, String> MUCH_MAY_WAIT =
      Map.of("outboundLimitBytes", "100000000", "sendTimeout", "60s");

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private interface Work {
    void run() throws Exception;
  }

  private void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failures.add(e);
              }
            });
    threads.add(thread);
    thread.start();
  }

  private void assertAllDoneWithoutFailure() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(60_000);
      assertThat(thread.isAlive()).as("deadlock").isFalse();
    }
    assertThat(failures).isEmpty();
  }

  /** Checks messages of the form "sender number": each sender's numbers have no gap. */
  private static final class Numbers {
    private final Map<String, Integer> next = new HashMap<>();
    private int count;

    void add(String message) {
      int space = message.indexOf(' ');
      String sender = message.substring(0, space);
      int number = Integer.parseInt(message, space + 1, message.length(), 10);
      assertThat(number).as("from %s", sender).isEqualTo((int) next.getOrDefault(sender, 0));
      next.put(sender, number + 1);
      count++;
    }
  }

  @RepeatedTest(5)
  void R7_64_threads_send_to_one_socket_while_it_is_being_closed() throws Exception {
    TellingEcho handler = new TellingEcho();
    try (ServletServer server = new ServletServer(handshake -> handler, MUCH_MAY_WAIT);
        RawClient client = RawClient.opened(server)) {
      WebSocket socket = handler.socket();
      AtomicInteger accepted = new AtomicInteger();
      for (int i = 0; i < 64; i++) {
        String name = "thread" + i + " ";
        start(
            () -> {
              int number = 0;
              while (socket.sendText(name + number) == SendResult.ACCEPTED) {
                number++;
                if (accepted.incrementAndGet() == 20_000) {
                  socket.close(CloseStatus.of(4001, "enough"));
                }
              }
            });
      }
      Numbers numbers = new Numbers();
      Frame frame = client.next();
      for (; frame.kind() == Frame.Kind.TEXT; frame = client.next()) {
        numbers.add(frame.text());
      }
      assertThat(frame).hasToString("close 4001 enough");
      client.answerClose(4001);
      assertAllDoneWithoutFailure();
      assertThat(numbers.count).isEqualTo(accepted.get());
      handler.expect("close 4001 by LOCAL");
    }
  }

  @RepeatedTest(5)
  void R7_64_threads_send_while_the_peer_resets_the_connection() throws Exception {
    TellingEcho handler = new TellingEcho();
    try (ServletServer server =
            new ServletServer(handshake -> handler, Map.of("overflowPolicy", "drop"));
        RawClient client = RawClient.opened(server)) {
      WebSocket socket = handler.socket();
      for (int i = 0; i < 64; i++) {
        start(
            () -> {
              while (socket.sendText("x") != SendResult.CLOSED) {
                // until the connection has ended
              }
            });
      }
      for (int i = 0; i < 5000; i++) {
        client.next();
      }
      client.reset();
      assertAllDoneWithoutFailure();
      handler.expect("close 1006 by TRANSPORT");
      assertThat(socket.bufferedBytes()).isZero();
    }
  }

  @RepeatedTest(3)
  void R7_other_threads_send_beside_echoes_to_a_client_that_reads_slowly() throws Exception {
    int senders = 8;
    int sends = 3000;
    int echoes = 2000;
    TellingEcho handler = new TellingEcho();
    try (ServletServer server = new ServletServer(handshake -> handler, MUCH_MAY_WAIT);
        RawClient client = new RawClient(server, 8192)) {
      client.open();
      WebSocket socket = handler.socket();
      String padding = " ".repeat(180);
      for (int i = 0; i < senders; i++) {
        String name = "thread" + i + " ";
        start(
            () -> {
              for (int number = 0; number < sends; number++) {
                assertThat(socket.sendText(name + number + padding)).isEqualTo(SendResult.ACCEPTED);
              }
            });
      }
      start(
          () -> {
            for (int number = 0; number < echoes; number++) {
              client.send(text("echo " + number));
            }
          });
      Numbers numbers = new Numbers();
      while (numbers.count < senders * sends + echoes) {
        numbers.add(client.next().text().strip());
        if (numbers.count % 500 == 0) {
          LockSupport.parkNanos(5_000_000); // slowly
        }
      }
      assertAllDoneWithoutFailure();
      client.send(close(1000, ""));
      assertThat(client.next()).hasToString("close 1000");
    }
  }

  @Test
  void R7_handlers_send_and_close_inside_their_callbacks() throws Exception {
    WebSocketHandler chatty =
        new WebSocketHandler() {
          @Override
          public void onOpen(WebSocket socket) {
            socket.sendText("welcome");
          }

          @Override
          public void onText(WebSocket socket, String text) {
            for (int i = 0; i < 3; i++) {
              socket.sendText(text + i);
            }
            if (text.equals("bye")) {
              socket.close();
              socket.sendText("too late");
            }
          }

          @Override
          public void onClose(WebSocket socket, CloseEvent event) {
            socket.sendText("much too late");
            socket.close();
          }
        };
    try (ServletServer server = new ServletServer(handshake -> chatty, Map.of());
        RawClient client = RawClient.opened(server)) {
      client.send(text("a"), text("bye"));
      for (String expected : List.of("welcome", "a0", "a1", "a2", "bye0", "bye1", "bye2")) {
        assertThat(client.next()).hasToString("text " + expected);
      }
      assertThat(client.next()).hasToString("close 1000");
      client.answerClose(1000);
    }
  }

  /** The servlet's connections are open to every thread. */
  private static final class Broadcasting extends WebSocketServlet {
    @Override
    protected WebSocketHandler accept(Handshake handshake) {
      return new WebSocketHandler() {
        @Override
        public void onText(WebSocket socket, String text) {
          broadcast(text);
        }
      };
    }

    void broadcast(String text) {
      PreparedMessage message = PreparedMessage.text(text);
      connections().forEach(socket -> socket.send(message));
    }
  }

  @RepeatedTest(3)
  void a_broadcast_reaches_fifty_clients_in_each_sender_s_order() throws Exception {
    int rounds = 200;
    Broadcasting servlet = new Broadcasting();
    List<RawClient> clients = new ArrayList<>();
    try (ServletServer server = new ServletServer(servlet, MUCH_MAY_WAIT)) {
      for (int i = 0; i < 50; i++) {
        clients.add(RawClient.opened(server));
      }
      for (int i = 0; i < 4; i++) {
        String name = "thread" + i + " ";
        start(
            () -> {
              for (int number = 0; number < rounds; number++) {
                servlet.broadcast(name + number);
              }
            });
      }
      for (int i = 0; i < 2; i++) {
        RawClient client = clients.get(i);
        String name = "client" + i + " ";
        start(
            () -> {
              for (int number = 0; number < rounds; number++) {
                client.send(text(name + number));
              }
            });
      }
      for (RawClient client : clients) {
        Numbers numbers = new Numbers();
        while (numbers.count < 6 * rounds) {
          numbers.add(client.next().text());
        }
      }
      assertAllDoneWithoutFailure();
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
