package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.OverflowPolicy;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that reads slowly or not at all. */
class BackPressureTest {

  private static final int WATERMARK = 1000;
  private static final int LIMIT = 5000;

  private final RecordingHandler handler =
      new RecordingHandler() {
        @Override
        void text(WebSocket socket, String text) {
          if (text.startsWith("echo ")) {
            socket.sendBinary(new byte[Integer.parseInt(text.substring(5))]);
          }
        }
      };
  private Wire wire = Wire.open(handler, config());
  private Connection socket = wire.socket;

  private static WebSocketConfig.Builder config() {
    return Wire.config().outboundWatermarkBytes(WATERMARK).outboundLimitBytes(LIMIT);
  }

  private void reopenDropping() {
    wire.close();
    handler.takeEvents();
    wire = Wire.open(handler, config().overflowPolicy(OverflowPolicy.DROP));
    socket = wire.socket;
  }

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  /** With its header a payload of that many bytes has four bytes more. */
  private SendResult sendFrameOf(int bytes) {
    return socket.sendBinary(new byte[bytes - 4]);
  }

  @Test
  void buffered_bytes_counts_frames_that_the_transport_has_not_taken_or_not_given_back() {
    assertThat(socket.bufferedBytes()).isZero();
    wire.stall();
    sendFrameOf(300);
    assertThat(socket.bufferedBytes()).isEqualTo(300);
    sendFrameOf(200);
    assertThat(socket.bufferedBytes()).isEqualTo(500);
    wire.readOneWrite();
    assertThat(socket.bufferedBytes()).isEqualTo(200);
    wire.unstall();
    assertThat(socket.bufferedBytes()).isZero();
  }

  @Test
  void on_drain_comes_once_when_what_waits_falls_to_the_watermark() {
    wire.stall();
    sendFrameOf(500);
    sendFrameOf(WATERMARK);
    assertThat(handler.takeEvents()).containsExactly("open");
    wire.readOneWrite();
    assertThat(socket.bufferedBytes()).isEqualTo(WATERMARK);
    assertThat(handler.takeEvents()).containsExactly("drain");
    wire.unstall();
    assertThat(handler.takeEvents()).isEmpty();
  }

  @Test
  void on_drain_does_not_come_when_the_watermark_was_never_passed() {
    wire.stall();
    sendFrameOf(WATERMARK);
    wire.unstall();
    assertThat(handler.takeEvents()).containsExactly("open");
  }

  @Test
  void on_drain_may_fill_the_queue_again() {
    RecordingHandler pump =
        new RecordingHandler() {
          private int left = 20;

          @Override
          void drain(WebSocket drained) {
            while (left > 0 && drained.bufferedBytes() <= WATERMARK) {
              left--;
              drained.sendBinary(new byte[700]);
            }
          }
        };
    try (Wire pumped = Wire.open(pump, config())) {
      pumped.stall();
      pumped.socket.sendBinary(new byte[2000]);
      pumped.socket.sendBinary(new byte[2000]);
      while (pumped.socket.bufferedBytes() > 0) {
        pumped.readOneWrite();
      }
      assertThat(pumped.sent()).hasSize(22);
    }
  }

  @Test
  void R4_a_message_that_does_not_fit_closes_the_connection_with_1013() {
    wire.stall();
    sendFrameOf(500);
    assertThat(sendFrameOf(LIMIT - 500)).isEqualTo(SendResult.ACCEPTED);
    assertThat(sendFrameOf(5)).isEqualTo(SendResult.OVERFLOW);
    assertThat(sendFrameOf(5)).isEqualTo(SendResult.CLOSED);
    wire.unstall();
    assertThat(wire.sent())
        .containsExactly(
            "binary of 496 bytes",
            "binary of 4496 bytes",
            "close 1013 reading too slowly: outboundLimitBytes is 5000");
    wire.receiveHex("8882 00000000 03f5");
    assertThat(handler.takeEvents())
        .containsExactly(
            "open",
            "drain",
            "error a message did not fit the 5000 bytes that may wait to be sent"
                + " (outboundLimitBytes)",
            "close 1013 by LOCAL clean");
  }

  @Test
  void a_message_that_does_not_fit_is_dropped_where_that_is_configured() {
    reopenDropping();
    wire.stall();
    sendFrameOf(LIMIT);
    assertThat(sendFrameOf(5)).isEqualTo(SendResult.OVERFLOW);
    wire.unstall();
    assertThat(sendFrameOf(5)).isEqualTo(SendResult.ACCEPTED);
    assertThat(wire.sent()).containsExactly("binary of 4996 bytes", "binary 00");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void a_message_larger_than_the_limit_can_be_sent_while_little_waits() {
    wire.stall();
    sendFrameOf(WATERMARK);
    assertThat(sendFrameOf(10 * LIMIT)).isEqualTo(SendResult.ACCEPTED);
    wire.unstall();
    assertThat(wire.sent()).hasSize(2);
  }

  @Test
  void control_frames_are_sent_however_much_waits() {
    wire.stall();
    sendFrameOf(10 * LIMIT);
    assertThat(socket.sendPing(ByteBuffer.allocate(1))).isEqualTo(SendResult.ACCEPTED);
    socket.close();
    wire.unstall();
    assertThat(wire.sent()).containsExactly("binary of 49996 bytes", "ping 00", "close 1000");
  }

  @Test
  void a_burst_of_replies_does_not_overflow_while_the_peer_reads() {
    RecordingHandler burst =
        new RecordingHandler() {
          @Override
          void text(WebSocket bursting, String text) {
            for (int i = 0; i < 20; i++) {
              note(bursting.sendBinary(new byte[900]).toString());
            }
          }
        };
    try (Wire bursting = Wire.open(burst, config())) {
      bursting.receiveText("go");
      assertThat(burst.takeEvents()).doesNotContain("OVERFLOW");
      assertThat(bursting.sent()).hasSize(20);
    }
  }

  @Test
  void R3_nothing_is_read_while_more_than_the_watermark_waits_to_be_sent() {
    wire.stall();
    wire.receive(text("echo 500"), text("echo 700"), text("echo 1"));
    wire.receiveText("later");
    assertThat(handler.takeEvents())
        .as("up to the watermark")
        .containsExactly("open", "text echo 500", "text echo 700");
    assertThat(wire.transport.unreadPieces()).isEqualTo(1);
    wire.unstall();
    assertThat(handler.takeEvents()).containsExactly("drain", "text echo 1", "text later");
    assertThat(wire.sent()).hasSize(3);
  }

  @Test
  void R3_reading_goes_on_when_closing_dropped_what_held_it_back() {
    wire.stall();
    socket.sendText("x", false);
    socket.sendBinary(new byte[2 * WATERMARK]);
    wire.receive(text("a"));
    assertThat(handler.takeEvents()).containsExactly("open");
    socket.close();
    wire.unstall();
    assertThat(handler.takeEvents()).contains("text a");
    wire.receiveHex("8882 00000000 03e8");
    assertThat(handler.takeEvents()).containsExactly("close 1000 by LOCAL clean");
  }
}
