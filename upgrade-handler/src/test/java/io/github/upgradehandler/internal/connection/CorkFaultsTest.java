package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held back is written in the end, and what waits is bounded. */
class CorkFaultsTest {

  private static final int LIMIT = 512 << 10;
  private static final String OVERFLOW = "reading too slowly: outboundLimitBytes is 524288";
  private static final int PIECES = 200_000;

  private final RecordingHandler receiving = new RecordingHandler();
  private Connection receiver;
  private final MemoryTransport received = new MemoryTransport();
  private final RecordingHandler relaying =
      new RecordingHandler() {
        @Override
        void text(WebSocket socket, String text) {
          if (text.equals("relay")) {
            socket.sendText("x");
            socket.whenSent().thenRun(() -> receiver.sendText("from whenSent"));
          } else {
            receiver.sendText(text);
          }
        }
      };
  private final Wire wire = Wire.open(relaying);

  CorkFaultsTest() {
    receiver = Wire.connect(wire.group, received, receiving);
    receiver.onStarted();
    receiver.onWritable();
    received.takeFrames();
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void what_joins_while_the_rest_is_written_is_written_the_next_time_too() {
    wire.receiveText("relay");
    assertThat(received.takeFrames()).containsExactly("text from whenSent");
    wire.receiveText("second");
    assertThat(received.takeFrames()).containsExactly("text second");
  }

  @Test
  void a_stalled_peer_s_pings_count_too() {
    received.takeWrites(0);
    byte[] payload = new byte[125];
    SendResult last = SendResult.ACCEPTED;
    for (int i = 0; i < 100_000; i++) {
      last = receiver.sendPing(ByteBuffer.wrap(payload));
      int closeFrame = last.isAccepted() ? 0 : 4 + OVERFLOW.length();
      assertThat(receiver.bufferedBytes()).isLessThanOrEqualTo(LIMIT + closeFrame);
    }
    assertThat(last).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void empty_messages_that_are_held_count_too() {
    WebSocket socket = wire.socket;
    socket.sendText("begun", false);
    int accepted = 0;
    while (socket.send(PreparedMessage.text("")).isAccepted()) {
      accepted++;
    }
    assertThat(accepted).isLessThanOrEqualTo(LIMIT / 64 + 1);
  }

  @Test
  void stages_complete_without_growing_the_stack() {
    AtomicInteger left = new AtomicInteger(PIECES);
    CompletableFuture<Void> done = new CompletableFuture<>();
    pump(left, done);
    Await.until("all pieces", done::isDone);
    assertThat(done).isCompleted();
    wire.receiveText("still there");
    assertThat(received.takeFrames()).endsWith("text still there");
  }

  private void pump(AtomicInteger left, CompletableFuture<Void> done) {
    if (left.getAndDecrement() == 0) {
      done.complete(null);
      return;
    }
    receiver.sendText("p");
    receiver
        .whenSent()
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                done.completeExceptionally(failure);
              } else {
                pump(left, done);
              }
            });
  }

  /** One connection's end causes that of the next, on an executor that runs inline. */
  @Test
  void ends_that_cause_the_next_do_not_grow_the_stack() {
    int count = 20_000;
    Connection[] connections = new Connection[count];
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      connections[i] = Wire.connect(wire.group, new MemoryTransport(), receiving);
      int next = i + 1;
      connections[i]
          .whenClosed()
          .thenRun(
              () -> {
                told.incrementAndGet();
                if (next < count) {
                  connections[next].abort();
                }
              });
    }
    connections[0].abort();
    assertThat(told).hasValue(count);
  }

  /** A peer that sends without end on the thread that others wait for. */
  @Test
  void a_turn_of_reading_ends_so_that_others_have_theirs() {
    WebSocketConfig.Builder config = WebSocketConfig.builder();
    int sent = 1_000;
    AtomicInteger handled = new AtomicInteger();
    RecordingHandler counting =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            handled.incrementAndGet();
          }
        };
    try (Wire flooded = Wire.open(counting, config)) {
      byte[] message = text("m");
      for (int i = 0; i < sent; i++) {
        flooded.transport.arrive(message);
      }
      flooded.socket.onReadable();
      assertThat(handled.get()).as("on the thread that came").isBetween(1, sent - 1);
      Await.until("the rest, elsewhere", () -> handled.get() == sent);
    }
  }
}
