package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends a connection whose peer does nothing; time is virtual. */
class ConnectionDeadlinesTest {

  private static final Duration STEP = Duration.ofMillis(250);

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  // R5: the closing handshake.

  @Test
  void R5_a_peer_that_never_answers_our_close_is_ended_after_the_close_timeout() {
    wire.socket.close();
    wire.pass(seconds(9));
    assertThat(wire.transport.isClosed()).isFalse();
    wire.pass(seconds(1).plus(STEP));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly(
            "open",
            "error waited for the end of the closing handshake longer than 10000 ms (closeTimeout)",
            "close 1006 by LOCAL");
  }

  @Test
  void R5_messages_do_not_put_off_the_close_deadline() {
    wire.socket.close();
    for (int i = 0; i < 11; i++) {
      wire.receiveText("still here");
      wire.pass(seconds(1));
    }
    assertThat(wire.transport.isClosed()).isTrue();
  }

  @Test
  void R5_a_peer_that_never_reads_our_close_is_ended_too() {
    wire.transport.takeWrites(0);
    wire.socket.close();
    wire.pass(seconds(10).plus(STEP));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents()).endsWith("close 1006 by LOCAL");
  }

  @Test
  void R5_a_peer_that_never_reads_our_answer_to_its_close_is_ended_too() {
    wire.transport.takeWrites(0);
    wire.receive(close(1000, ""));
    wire.pass(seconds(10).plus(STEP));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents()).endsWith("close 1000 by REMOTE clean");
  }

  // Sending.

  @Test
  void R4_no_progress_in_sending_ends_the_connection() {
    wire.stall();
    wire.socket.sendText("x".repeat(200_000));
    for (int i = 0; i < 3; i++) {
      wire.pass(seconds(9));
      wire.readOneWrite();
    }
    assertThat(wire.transport.isClosed()).as("slow, but reading").isFalse();
    wire.pass(seconds(10).plus(STEP));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .contains("error waited for progress in sending longer than 10000 ms (sendTimeout)");
  }

  @Test
  void an_idle_connection_makes_no_progress_and_lives() {
    wire.socket.sendText("x");
    for (int minute = 0; minute < 10; minute++) {
      wire.pass(seconds(19));
      wire.receiveText("alive");
    }
    assertThat(wire.transport.isClosed()).isFalse();
  }

  @Test
  void what_a_busy_handler_sent_is_held_back_until_the_next_look_at_most() {
    List<String> seen = new ArrayList<>();
    AtomicInteger messages = new AtomicInteger();
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            socket.sendText("early " + messages.incrementAndGet());
            ((Connection) socket).group().sweep();
            seen.add("buffered " + socket.bufferedBytes());
          }
        };
    try (Wire busy = Wire.open(slow)) {
      busy.receiveText("go");
      assertThat(seen).containsExactly("buffered 0");
    }
  }

  // R8: frames.

  @Test
  void R8_a_frame_that_does_not_end_is_closed_with_1008_after_the_frame_timeout() {
    wire.receiveHex("81");
    wire.pass(seconds(29));
    assertThat(wire.socket.isOpen()).isTrue();
    wire.pass(seconds(1).plus(STEP));
    assertThat(wire.sent()).contains("close 1008 frame too slow");
    wire.pass(seconds(11));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly(
            "open",
            "error waited for the rest of a frame longer than 30000 ms (frameTimeout)",
            "close 1006 by LOCAL");
  }

  @Test
  void R8_one_byte_a_second_does_not_help_in_header_mask_or_payload() {
    byte[] frame = text("x".repeat(125));
    for (int second = 0; second < 31; second++) {
      wire.receive(new byte[] {frame[second]});
      wire.pass(seconds(1));
    }
    assertThat(wire.sent()).containsExactly("close 1008 frame too slow");
  }

  @Test
  void R8_whole_frames_one_at_a_time_are_no_slow_frame() {
    for (int second = 0; second < 100; second++) {
      wire.receiveHex("8181 00000000 61 81");
      wire.pass(seconds(1));
      wire.receiveHex("81 00000000 62");
    }
    assertThat(wire.socket.isOpen()).isTrue();
  }

  @Test
  void R8_a_large_frame_has_the_time_anew_for_every_64_KiB() {
    RecordingHandler patient = new RecordingHandler();
    try (Wire big = Wire.open(patient, Wire.config().maxMessageBytes(1 << 20))) {
      big.receiveHex("82ff 0000000000040000 00000000");
      for (int i = 0; i < 4; i++) {
        big.pass(seconds(25));
        big.receive(new byte[1 << 16]);
      }
      assertThat(patient.takeEvents()).containsExactly("open", "binary of 262144");
    }
  }

  @Test
  void R8_zero_turns_the_frame_deadline_off() {
    RecordingHandler patient = new RecordingHandler();
    try (Wire slow =
        Wire.open(patient, Wire.config().frameTimeout(Duration.ZERO).pingInterval(Duration.ZERO))) {
      slow.receiveHex("81");
      slow.pass(seconds(600));
      assertThat(slow.socket.isOpen()).isTrue();
    }
  }

  // R9: the heartbeat.

  @Test
  void R9_a_silent_peer_is_pinged_after_20_s_and_given_up_20_s_later() {
    wire.pass(seconds(19));
    assertThat(wire.sent()).isEmpty();
    wire.pass(seconds(1).plus(STEP));
    assertThat(wire.sent()).hasSize(1).allMatch(frame -> frame.startsWith("ping "));
    wire.pass(seconds(19));
    assertThat(wire.transport.isClosed()).isFalse();
    wire.pass(seconds(1));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly(
            "open",
            "error waited for a pong longer than 20000 ms (pongTimeout)",
            "close 1006 by TRANSPORT");
  }

  @Test
  void R9_any_bytes_of_the_peer_count_as_life() {
    for (int i = 0; i < 20; i++) {
      wire.pass(seconds(15));
      wire.receive(pong(new byte[0]));
    }
    assertThat(wire.sent()).isEmpty();
    assertThat(wire.socket.isOpen()).isTrue();
  }

  @Test
  void R9_the_answer_to_a_ping_gives_the_round_trip_time() {
    assertThat(wire.socket.roundTripTime()).isEmpty();
    wire.pass(seconds(20));
    byte[] payload = HexFormat.of().parseHex(wire.sent().get(0).substring("ping ".length()));
    wire.clock.advance(Duration.ofMillis(70));
    wire.receive(pong(new byte[8]));
    assertThat(wire.socket.roundTripTime()).as("not that ping's").isEmpty();
    wire.receive(pong(payload));
    assertThat(wire.socket.roundTripTime()).contains(Duration.ofMillis(70));
    wire.pass(seconds(19));
    assertThat(wire.sent()).isEmpty();
    wire.pass(seconds(2));
    assertThat(wire.sent()).hasSize(1);
  }

  @Test
  void R9_zero_turns_the_heartbeat_off() {
    try (Wire silent =
        Wire.open(new RecordingHandler(), Wire.config().pingInterval(Duration.ZERO))) {
      silent.pass(seconds(3600));
      assertThat(silent.sent()).isEmpty();
      assertThat(silent.socket.isOpen()).isTrue();
    }
  }

  // R14 and R15.

  @Test
  void R14_only_the_monotonic_clock_counts() {
    // The virtual clock starts near the end of the longs and runs over it.
    wire.pass(seconds(5));
    assertThat(wire.group.now()).isNegative();
    assertThat(wire.socket.isOpen()).isTrue();
    assertThat(wire.sent()).isEmpty();
  }

  @Test
  void R15_ten_thousand_deadlines_due_at_once_each_fire() {
    AtomicInteger closed = new AtomicInteger();
    List<Connection> connections = new ArrayList<>();
    RecordingHandler counting =
        new RecordingHandler() {
          @Override
          void closed(WebSocket socket, CloseEvent event) {
            closed.incrementAndGet();
          }
        };
    for (int i = 0; i < 10_000; i++) {
      Connection connection = Wire.connect(wire.group, new MemoryTransport(), counting);
      connection.onStarted();
      connection.onWritable();
      connection.close();
      connections.add(connection);
    }
    wire.pass(seconds(10).plus(STEP));
    assertThat(closed).hasValue(connections.size());
    assertThat(wire.group.connections()).containsExactly(wire.socket);
  }

  @Test
  void R15_handlers_that_block_do_not_keep_other_deadlines_from_firing() {
    AtomicInteger closed = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    RecordingHandler blocking =
        new RecordingHandler() {
          @Override
          void closed(WebSocket socket, CloseEvent event) {
            closed.incrementAndGet();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    try (Wire first = Wire.open(new RecordingHandler(), WebSocketConfig.builder())) {
      for (int i = 0; i < 20; i++) {
        Connection connection =
            Wire.connect(first.group, new MemoryTransport(), newHandler(blocking));
        connection.onStarted();
        connection.onWritable();
        connection.close();
      }
      first.pass(seconds(10).plus(STEP));
      Await.until("all to be told", () -> closed.get() == 20);
    } finally {
      release.countDown();
    }
  }

  /** Connections that share a handler call it at the same time; a recording one notes that. */
  private static WebSocketHandler newHandler(RecordingHandler target) {
    return new WebSocketHandler() {
      @Override
      public void onClose(WebSocket socket, CloseEvent event) {
        target.closed(socket, event);
      }
    };
  }

  /**
   * Some never do so where the client has reset TCP before the answer, and heartbeats may be off.
   */
  @Test
  void R18_a_connection_that_the_container_never_hands_over_is_ended() {
    RecordingHandler untold = new RecordingHandler();
    WebSocketConfig.Builder silent = Wire.config().pingInterval(Duration.ZERO);
    try (Wire waiting = Wire.unopened(untold, silent)) {
      waiting.pass(seconds(9));
      assertThat(waiting.socket.whenClosed().toCompletableFuture()).isNotDone();
      waiting.pass(seconds(1).plus(STEP)); // sendTimeout
      assertThat(waiting.socket.whenClosed().toCompletableFuture()).isCompleted();
      assertThat(waiting.transport.isClosed()).isTrue();
      assertThat(untold.events()).isEmpty();
    }
  }

  /** Takes everything, and ends when the test lets it. */
  private static final class SlowToClose implements Transport {
    private final CountDownLatch mayClose = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read(byte[] buffer) {
      return 0;
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void flush() {}

    @Override
    public void close() {
      try {
        mayClose.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      closed.countDown();
    }
  }

  /** Undertow's close, for one, waits for a peer that does not read. */
  @Test
  void R15_a_transport_that_is_slow_to_close_delays_no_other_connection_s_deadline()
      throws Exception {
    SlowToClose slow = new SlowToClose();
    try (Wire other = Wire.open(new RecordingHandler(), WebSocketConfig.builder())) {
      Connection first = Wire.connect(other.group, slow, new RecordingHandler());
      first.onStarted();
      first.onWritable();
      first.close();
      other.pass(STEP);
      other.socket.close();
      other.pass(seconds(10).plus(STEP));
      Await.until("the other connection to end", other.transport::isClosed);
      assertThat(slow.closed.getCount()).isOne();
      slow.mayClose.countDown();
      slow.closed.await();
    }
  }
}
