package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending whole messages from outside of the handler. */
class SendingTest {

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);
  private final Connection socket = wire.socket;

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void the_handshake_is_flushed_before_anything_is_sent() {
    try (Wire fresh = Wire.unopened(new RecordingHandler(), Wire.config())) {
      fresh.socket.onStarted();
      assertThat(fresh.transport.takeCalls()).isEmpty();
      fresh.socket.onWritable();
      assertThat(fresh.transport.takeCalls()).containsExactly("flush");
    }
  }

  @Test
  void nothing_is_written_before_the_container_says_for_the_first_time_that_it_can() {
    RecordingHandler greeting =
        new RecordingHandler() {
          @Override
          void opened(WebSocket opened) {
            opened.sendText("hello");
          }
        };
    try (Wire fresh = Wire.unopened(greeting, Wire.config())) {
      fresh.socket.onStarted();
      fresh.socket.flush();
      assertThat(fresh.transport.takeCalls()).isEmpty();
      fresh.socket.onWritable();
      assertThat(fresh.transport.takeCalls()).containsExactly("write 7", "flush");
      assertThat(fresh.sent()).containsExactly("text hello");
    }
  }

  @Test
  void every_message_is_written_and_flushed() {
    assertThat(socket.sendText("héllo")).isEqualTo(SendResult.ACCEPTED);
    assertThat(socket.sendBinary(new byte[] {0, 1})).isEqualTo(SendResult.ACCEPTED);
    assertThat(wire.transport.takeCalls()).containsExactly("write 8", "flush", "write 4", "flush");
    assertThat(wire.sent()).containsExactly("text 68c3a96c6c6f", "binary 0001");
  }

  @Test
  void a_buffer_is_sent_from_position_to_limit_and_keeps_both() {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}).position(1).limit(3);
    socket.sendBinary(payload);
    assertThat(payload.position()).isEqualTo(1);
    assertThat(payload.limit()).isEqualTo(3);
    assertThat(wire.sent()).containsExactly("binary 0102");
  }

  @Test
  void a_payload_may_be_changed_once_it_is_sent() {
    wire.stall();
    socket.sendText("first");
    byte[] payload = {1, 1};
    socket.sendBinary(payload);
    payload[0] = 9;
    wire.unstall();
    assertThat(wire.sent()).containsExactly("text first", "binary 0101");
  }

  @Test
  void what_queues_up_while_the_peer_does_not_read_goes_out_in_order_and_together() {
    wire.stall();
    socket.sendText("0");
    for (int i = 1; i <= 100; i++) {
      socket.sendText(Integer.toString(i));
    }
    assertThat(wire.sent()).containsExactly("text 0");
    wire.transport.takeCalls();
    wire.unstall();
    assertThat(wire.sent()).hasSize(100).startsWith("text 1", "text 2").endsWith("text 100");
    assertThat(wire.transport.takeCalls()).containsExactly("write 392", "flush");
  }

  @Test
  void messages_of_all_sizes_keep_their_order() {
    List<String> expected = new ArrayList<>();
    int[] sizes = {0, 125, 126, 65_535, 65_536, 65_537, 66_000, 1, 100_000, 3, 64_000, 64_000, 7};
    wire.stall();
    for (int size : sizes) {
      socket.sendText("x".repeat(size));
      expected.add(size > 40 ? "text of " + size + " bytes" : ("text " + "x".repeat(size)).strip());
    }
    wire.unstall();
    assertThat(wire.sent()).isEqualTo(expected);
  }

  @Test
  void a_large_message_is_written_64_KiB_at_a_time() {
    socket.sendBinary(new byte[1 << 20]);
    List<String> calls = wire.transport.takeCalls();
    assertThat(calls).hasSize(17).endsWith("flush");
    assertThat(wire.sent()).containsExactly("binary of 1048576 bytes");
  }

  @Test
  void a_prepared_message_is_encoded_once_for_all() {
    PreparedMessage message = PreparedMessage.text("news");
    try (Wire other = Wire.open(new RecordingHandler())) {
      socket.send(message);
      other.socket.send(message);
      assertThat(wire.sent()).containsExactly("text news");
      assertThat(other.sent()).containsExactly("text news");
    }
  }

  @Test
  void a_prepared_message_larger_than_one_write_is_shared_by_stalled_connections() {
    PreparedMessage message = PreparedMessage.binary(ByteBuffer.wrap(new byte[200_000]));
    try (Wire other = Wire.open(new RecordingHandler())) {
      wire.stall();
      socket.send(message);
      socket.sendText("after");
      other.socket.send(message);
      other.socket.sendText("after");
      wire.unstall();
      assertThat(wire.sent()).containsExactly("binary of 200000 bytes", "text after");
      assertThat(other.sent()).containsExactly("binary of 200000 bytes", "text after");
    }
  }

  @Test
  void text_without_utf8_is_the_caller_s_mistake_and_sends_nothing() {
    assertThatThrownBy(() -> socket.sendText("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(wire.sent()).isEmpty();
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void a_ping_of_126_bytes_is_the_caller_s_mistake() {
    assertThatThrownBy(() -> socket.sendPing(ByteBuffer.allocate(126)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("125");
    socket.sendPing(ByteBuffer.allocate(125));
    assertThat(wire.sent()).containsExactly("ping of 125 bytes");
  }

  @Test
  void R17_sending_on_a_closing_or_closed_connection_answers_closed_quietly() {
    socket.close();
    assertThat(resultsOfSending()).containsOnly(SendResult.CLOSED);
    socket.abort();
    assertThat(resultsOfSending()).containsOnly(SendResult.CLOSED);
    assertThat(wire.sent()).containsExactly("close 1000");
    assertThat(socket.bufferedBytes()).isZero();
  }

  private List<SendResult> resultsOfSending() {
    socket.close(CloseStatus.GOING_AWAY);
    socket.flush();
    socket.pause();
    socket.resume();
    return List.of(
        socket.sendText("x"),
        socket.sendText("x", false),
        socket.sendBinary(new byte[1]),
        socket.sendBinary(ByteBuffer.allocate(1), true),
        socket.send(PreparedMessage.text("x")),
        socket.sendPing(ByteBuffer.allocate(1)));
  }
}
