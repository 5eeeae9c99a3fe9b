package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Threads send while the handler echoes and the peer takes one write at a time, so that writing is
 * blocked and unblocked, and reading held back and resumed, at every possible moment.
 */
class LostWakeUpTest {

  private static final int THREADS = 8;

  @RepeatedTest(10)
  void R7_everything_arrives_and_what_one_thread_sends_arrives_in_order() throws Exception {
    run(500, 2000);
  }

  /** Nobody sends but the handler, so nothing else wakes a reader that was forgotten. */
  @RepeatedTest(5)
  void R3_reading_goes_on_whichever_thread_takes_the_queue_below_the_watermark() throws Exception {
    run(0, 20_000);
  }

  private static void run(int sends, int echoes) throws Exception {
    RecordingHandler echo =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            socket.sendText(text);
          }
        };
    WebSocketConfig.Builder config =
        WebSocketConfig.builder().outboundWatermarkBytes(12).outboundLimitBytes(10_000_000);
    try (Wire wire = Wire.open(echo, config)) {
      AtomicBoolean done = new AtomicBoolean();
      Runnable reading =
          () -> {
            while (!done.get()) {
              wire.readOneWrite();
            }
          };
      List<Thread> peer = List.of(new Thread(reading), new Thread(reading));
      wire.transport.takeWrites(0);
      for (int i = 0; i < echoes; i++) {
        wire.transport.arrive(text("echo " + i));
      }
      List<Thread> threads = new ArrayList<>(List.of(new Thread(wire.socket::onReadable)));
      for (int i = 0; i < THREADS; i++) {
        String name = "thread" + i + " ";
        threads.add(
            new Thread(
                () -> {
                  for (int n = 0; n < sends; n++) {
                    wire.socket.sendText(name + n);
                  }
                }));
      }
      peer.forEach(Thread::start);
      threads.forEach(Thread::start);
      List<String> arrived = new ArrayList<>();
      Await.until(
          "all frames",
          () -> {
            arrived.addAll(wire.sent());
            return arrived.size() == THREADS * sends + echoes;
          });
      Await.until("all given back", () -> wire.socket.bufferedBytes() == 0);
      done.set(true);
      threads.addAll(peer);
      for (Thread thread : threads) {
        thread.join();
      }
      assertEachInOrder(arrived);
    }
  }

  private static void assertEachInOrder(List<String> arrived) {
    Map<String, Integer> next = new HashMap<>();
    for (String frame : arrived) {
      String[] words = frame.split(" ", -1);
      assertThat(Integer.parseInt(words[2])).isEqualTo((int) next.getOrDefault(words[1], 0));
      next.put(words[1], Integer.parseInt(words[2]) + 1);
    }
  }
}
