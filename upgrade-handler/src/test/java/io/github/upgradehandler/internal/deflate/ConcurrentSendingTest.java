package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocketConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are sent in the order in which they were compressed, whoever sends. Fault R7. */
@Timeout(60)
class ConcurrentSendingTest {

  private static final int SENDERS = 8;
  private static final int MESSAGES = 500;
  private static final String TEXT = new String(Texts.compressible(1500, 31), US_ASCII);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void many_senders(boolean takeover) throws Exception {
    WebSocketConfig config =
        WebSocketConfig.builder()
            .compression(true)
            .compressionContextTakeover(takeover)
            .outboundLimitBytes(Integer.MAX_VALUE)
            .build();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (MemoryConnection connection = new MemoryConnection(config)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        done.add(senders.submit(() -> send(connection, sender)));
      }
      for (Future<?> each : done) {
        each.get();
      }

      int[] next = new int[SENDERS];
      WindowedInflater receiver = new WindowedInflater(15);
      for (Frames.Frame frame : connection.sent()) {
        String text = text(frame, receiver);
        int sender = text.charAt(0) - '0';
        assertThat(text).isEqualTo(message(sender, next[sender]++));
      }
      assertThat(next).containsOnly(MESSAGES);
    } finally {
      senders.shutdownNow();
    }
  }

  private static void send(MemoryConnection connection, int sender) {
    for (int i = 0; i < MESSAGES; i++) {
      if (connection.socket().sendText(message(sender, i)) != SendResult.ACCEPTED) {
        throw new AssertionError("not accepted");
      }
    }
  }

  /** Some of them are below the threshold. */
  private static String message(int sender, int number) {
    return sender + " " + number + (number % 3 == 0 ? "" : TEXT);
  }

  private static String text(Frames.Frame frame, WindowedInflater receiver) {
    return new String(
        frame.isCompressed() ? receiver.message(frame.payload()) : frame.payload(), US_ASCII);
  }
}
