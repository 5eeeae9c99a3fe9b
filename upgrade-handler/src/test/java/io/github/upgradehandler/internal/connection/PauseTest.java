package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R3: {@link WebSocket#pause} and {@link WebSocket#resume}. */
class PauseTest {

  private final RecordingHandler handler =
      new RecordingHandler() {
        @Override
        void opened(WebSocket socket) {
          if (pauseAtOnce) {
            socket.pause();
          }
        }

        @Override
        void text(WebSocket socket, String text) {
          if (text.startsWith("pause")) {
            socket.pause();
          }
        }

        @Override
        void ping(WebSocket socket) {
          socket.pause();
        }
      };
  private boolean pauseAtOnce;
  private final Wire wire = Wire.open(handler);
  private final Connection socket = wire.socket;

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void R3_nothing_is_delivered_after_pause_returned_inside_the_handler() {
    wire.receive(text("a"), text("pause"), text("b"), ping("p"), close(1000, ""));
    assertThat(handler.takeEvents()).containsExactly("open", "text a", "text pause");
    wire.receive(text("not read"));
    assertThat(wire.transport.unreadPieces()).isEqualTo(1);
    assertThat(wire.sent()).isEmpty();
  }

  @Test
  void resume_delivers_what_was_read_already_then_reads_on() {
    wire.receive(text("pause 1"), text("a"), text("pause 2"), text("b"));
    wire.receive(text("c"));
    handler.takeEvents();
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("text a", "text pause 2");
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("text b", "text c");
  }

  @Test
  void resume_without_pause_does_nothing() {
    socket.resume();
    wire.receive(text("a"));
    assertThat(handler.takeEvents()).containsExactly("open", "text a");
  }

  @Test
  void pausing_from_outside_stops_the_next_read() {
    socket.pause();
    wire.receive(text("a"));
    assertThat(handler.takeEvents()).containsExactly("open");
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("text a");
  }

  @Test
  void resuming_before_the_start_reads_nothing() {
    RecordingHandler late = new RecordingHandler();
    try (Wire unopened = Wire.unopened(late, Wire.config())) {
      unopened.transport.arrive(text("a"));
      unopened.socket.pause();
      unopened.socket.resume();
      assertThat(unopened.transport.unreadPieces()).isEqualTo(1);
      unopened.socket.onStarted();
      unopened.socket.onReadable();
      assertThat(late.takeEvents()).containsExactly("open", "text a");
    }
  }

  @Test
  void pausing_in_on_open_delivers_nothing() {
    pauseAtOnce = true;
    try (Wire paused = Wire.open(handler)) {
      handler.takeEvents();
      paused.receive(text("a"));
      assertThat(handler.takeEvents()).isEmpty();
      paused.socket.resume();
      assertThat(handler.takeEvents()).containsExactly("text a");
    }
  }

  @Test
  void pausing_in_a_ping_keeps_the_messages_behind_it() {
    wire.receive(ping("p"), text("a"));
    assertThat(handler.takeEvents()).containsExactly("open", "ping p");
    assertThat(wire.sent()).containsExactly("pong p");
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("text a");
  }

  @Test
  void a_message_cut_off_by_the_end_of_the_read_is_completed_after_resuming() {
    byte[] whole = text("hello");
    byte[] begin = Arrays.copyOf(whole, 8);
    byte[] end = Arrays.copyOfRange(whole, 8, whole.length);
    wire.receive(text("pause"), begin);
    wire.receive(end, text("b"));
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("open", "text pause", "text hello", "text b");
  }

  @Test
  void a_paused_connection_can_send_and_close() {
    socket.pause();
    socket.sendText("x");
    socket.close();
    assertThat(wire.sent()).containsExactly("text x", "close 1000");
    wire.receive(close(1000, ""));
    socket.resume();
    assertThat(handler.takeEvents()).containsExactly("open", "close 1000 by LOCAL clean");
  }

  @Test
  void R5_a_paused_connection_ends_at_the_close_deadline() {
    socket.pause();
    socket.close();
    wire.pass(Duration.ofSeconds(11));
    assertThat(handler.takeEvents()).endsWith("close 1006 by LOCAL");
  }

  @Test
  void heartbeat_and_frame_deadlines_stand_still_while_paused() {
    wire.receive(text("pause"), new byte[] {(byte) 0x81});
    wire.pass(Duration.ofMinutes(10));
    assertThat(handler.takeEvents()).containsExactly("open", "text pause");
    assertThat(wire.sent()).isEmpty();
  }

  /** The container's thread reads while others pause and resume: nothing is lost or doubled. */
  @Test
  void pausing_and_resuming_from_other_threads_loses_nothing() throws InterruptedException {
    int messages = 20_000;
    RecordingHandler counting = new RecordingHandler();
    List<String> expected = new ArrayList<>(List.of("open"));
    try (Wire busy = Wire.open(counting, WebSocketConfig.builder())) {
      Thread toggling =
          new Thread(
              () -> {
                Random random = new Random(1);
                for (int i = 0; i < 20_000; i++) {
                  if (random.nextBoolean()) {
                    busy.socket.pause();
                  } else {
                    busy.socket.resume();
                  }
                }
                busy.socket.resume();
              });
      toggling.start();
      for (int i = 0; i < messages; i += 2) {
        expected.add("text " + i);
        expected.add("text " + (i + 1));
        busy.receive(text(Integer.toString(i)), text(Integer.toString(i + 1)));
      }
      toggling.join();
      Await.until("all messages", () -> counting.events().size() == messages + 1);
      assertThat(counting.takeEvents()).isEqualTo(expected);
    }
  }
}
