package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Echo;
import io.github.upgradehandler.testkit.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing gets lost, by either way. Undertow's streams are not made for several threads: data that
 * come wrong when another thread uses them come so in one of some hundred runs, but that another
 * thread does is seen in each.
 */
@Timeout(60)
class UndertowTest {

  private static final int CLIENTS = 16;
  private static final int THREADS = 8;
  private static final int RECEIVE_BUFFER = 16 << 10;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> work = new ArrayList<>();
  private final List<RawClient> clients = new ArrayList<>();

  private static final class Echoing extends WebSocketServlet {
    Echoing(WebSocketConfig.Builder config) {
      super(
          config.outboundLimitBytes(100_000_000).outboundWatermarkBytes(2048).build(),
          handshake -> new Echo());
    }

    void send(String text) {
      for (WebSocket socket : connections()) {
        assertThat(socket.sendText(text)).isEqualTo(SendResult.ACCEPTED);
      }
    }
  }

  private static Stream<Boolean> repeatedly() {
    return Stream.of(true, false).flatMap(channels -> Collections.nCopies(5, channels).stream());
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("repeatedly")
  void eight_threads_send_beside_echoes_to_peers_that_take_little_at_a_time(boolean channels)
      throws Exception {
    run(channels, new Echoing(WebSocketConfig.builder()), 400, 2000);
  }

  @ParameterizedTest
  @MethodSource("repeatedly")
  void every_message_is_read_by_another_thread(boolean channels) throws Exception {
    run(channels, new Echoing(WebSocketConfig.builder().executor(threads)), 0, 5000);
  }

  /** Undertow's close would wait for that peer, on whichever thread may wait. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_peer_that_does_not_read_is_ended_after_the_send_timeout(boolean channels)
      throws Exception {
    TellingEcho handler = new TellingEcho();
    WebSocketServlet servlet = new WebSocketServlet(handshake -> handler);
    Map<String, String> options =
        Map.of(
            "sendTimeout",
            "3s",
            "outboundLimitBytes",
            "100000000",
            "undertowChannels",
            Boolean.toString(channels));
    try (UndertowServer server = new UndertowServer(servlet, "/socket", options);
        RawClient stalled = new RawClient(server.port(), RECEIVE_BUFFER);
        RawClient other = new RawClient(server.port(), 0)) {
      stalled.open();
      handler.socket().sendBinary(ByteBuffer.allocate(50_000_000));
      handler.expect("close 1006 by TRANSPORT");
      other.open();
      other.send(text("others go on"));
      assertThat(other.next()).hasToString("text others go on");
      while (!stalled.isEnded()) {
        // what was under way
      }
    }
  }

  private static UndertowServer server(boolean channels, Echoing servlet) throws Exception {
    return new UndertowServer(
        servlet, "/socket", Map.of("undertowChannels", Boolean.toString(channels)));
  }

  private void run(boolean channels, Echoing servlet, int sends, int echoes) throws Exception {
    try (UndertowServer server = server(channels, servlet)) {
      try {
        for (int i = 0; i < CLIENTS; i++) {
          RawClient client = new RawClient(server.port(), RECEIVE_BUFFER);
          clients.add(client);
          client.open();
        }
        server.pool().strangers().clear(); // the handshake was handled on other threads
        long allocations = server.pool().allocations();
        for (int i = 0; i < THREADS; i++) {
          String name = "thread" + i + " ";
          work.add(threads.submit(() -> send(servlet, name, sends)));
        }
        for (RawClient client : clients) {
          work.add(threads.submit(() -> receive(client, THREADS * sends + echoes)));
          work.add(threads.submit(() -> sendEchoes(client, echoes)));
        }
        for (Future<?> part : work) {
          part.get(30, TimeUnit.SECONDS);
        }
        assertThat(server.pool().strangers()).as("threads that read").isEmpty();
        assertThat(server.pool().allocations() == allocations)
            .as("no reading by streams")
            .isEqualTo(channels);
      } finally {
        for (RawClient client : clients) {
          client.close();
        }
      }
    }
  }

  private static void send(Echoing servlet, String name, int sends) {
    for (int number = 0; number < sends; number++) {
      servlet.send(name + number + " ".repeat(number));
    }
  }

  private static Void sendEchoes(RawClient client, int echoes) throws Exception {
    for (int number = 0; number < echoes; number++) {
      client.send(text("echo " + number));
    }
    return null;
  }

  /** Each sender's messages have no gap. */
  private static Void receive(RawClient client, int count) throws Exception {
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Frame frame = client.next();
      String[] words = frame.text().strip().split(" ", -1);
      assertThat(words).as("%s", frame).hasSize(2);
      int expected = next.getOrDefault(words[0], 0);
      assertThat(words[1]).as("from %s", words[0]).isEqualTo(Integer.toString(expected));
      next.put(words[0], expected + 1);
    }
    client.send(close(1000, ""));
    assertThat(client.next()).hasToString("close 1000");
    return null;
  }
}
