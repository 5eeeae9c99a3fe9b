package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 5.4, sending. */
class FragmentedSendingTest {

  private final Wire wire = Wire.open(new RecordingHandler());
  private final Connection socket = wire.socket;

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void fragments_are_sent_as_they_come() {
    socket.sendText("a", false);
    socket.sendText("", false);
    assertThat(wire.sent()).containsExactly("text a...", "continuation...");
    socket.sendText("b", true);
    assertThat(wire.sent()).containsExactly("continuation b");
    socket.sendBinary(ByteBuffer.wrap(new byte[] {0}), true);
    assertThat(wire.sent()).containsExactly("binary 00");
  }

  @Test
  void whole_messages_wait_behind_the_last_fragment_and_keep_their_order() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {0}), false);
    byte[] reused = {1};
    socket.sendBinary(reused);
    reused[0] = 9;
    socket.sendText("2");
    socket.send(PreparedMessage.text("3"));
    socket.send(PreparedMessage.binary(ByteBuffer.wrap(new byte[] {4})));
    assertThat(wire.sent()).containsExactly("binary 00...");
    assertThat(socket.bufferedBytes()).isEqualTo(4);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {5}), true);
    assertThat(wire.sent())
        .containsExactly("continuation 05", "binary 01", "text 2", "text 3", "binary 04");
    assertThat(socket.bufferedBytes()).isZero();
    socket.sendText("6");
    assertThat(wire.sent()).containsExactly("text 6");
  }

  @Test
  void pings_and_pongs_pass_between_fragments() {
    socket.sendText("a", false);
    socket.sendPing(ByteBuffer.wrap(new byte[] {'p'}));
    wire.receiveHex("8981 00000000 71");
    socket.sendText("b", true);
    assertThat(wire.sent()).containsExactly("text a...", "ping p", "pong q", "continuation b");
  }

  @Test
  void a_close_frame_passes_and_drops_what_is_held() {
    socket.sendText("a", false);
    socket.sendText("held");
    socket.close();
    assertThat(wire.sent()).containsExactly("text a...", "close 1000");
    assertThat(socket.sendText("b", true)).isEqualTo(SendResult.CLOSED);
    assertThat(socket.bufferedBytes()).isZero();
  }

  @Test
  void a_fragment_of_the_other_kind_is_the_caller_s_mistake() {
    socket.sendText("a", false);
    assertThatThrownBy(() -> socket.sendBinary(ByteBuffer.allocate(1), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5.4");
    socket.sendText("b", true);
    assertThat(wire.sent()).containsExactly("text a...", "continuation b");
  }

  @Test
  void held_messages_count_for_the_limit() {
    try (Wire small =
        Wire.open(
            new RecordingHandler(),
            Wire.config().outboundWatermarkBytes(100).outboundLimitBytes(500))) {
      small.socket.sendText("a", false);
      assertThat(small.socket.sendBinary(new byte[400])).isEqualTo(SendResult.ACCEPTED);
      assertThat(small.socket.sendBinary(new byte[400])).isEqualTo(SendResult.OVERFLOW);
    }
  }
}
