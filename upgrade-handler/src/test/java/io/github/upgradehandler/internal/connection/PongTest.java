package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 6455 sections 5.5.2 and 5.5.3. */
class PongTest {

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void a_ping_is_answered_with_its_payload_and_told() {
    wire.receive(ping("hello"));
    wire.receive(ping(""));
    assertThat(wire.sent()).containsExactly("pong hello", "pong");
    assertThat(handler.takeEvents()).containsExactly("open", "ping hello", "ping ");
  }

  @Test
  void a_ping_between_the_fragments_of_a_message_is_answered_at_once() {
    wire.receiveHex("0181 00000000 61  8981 00000000 70");
    assertThat(wire.sent()).containsExactly("pong p");
    wire.receiveHex("8081 00000000 62");
    assertThat(handler.takeEvents()).containsExactly("open", "ping p", "text ab");
  }

  @Test
  void R1_one_pong_waits_the_latest_while_the_peer_does_not_read() {
    wire.stall();
    for (int i = 0; i < 100_000; i++) {
      wire.receive(ping(Integer.toString(i)));
    }
    assertThat(wire.sent()).containsExactly("pong 0");
    assertThat(wire.socket.bufferedBytes()).isLessThan(200);
    wire.unstall();
    assertThat(wire.sent()).containsExactly("pong 99999");
  }

  @Test
  void R1_a_pong_goes_before_the_messages_that_wait() {
    wire.stall();
    wire.socket.sendText("first");
    wire.socket.sendText("second");
    wire.receive(ping("p"));
    wire.unstall();
    assertThat(wire.sent()).containsExactly("text first", "pong p", "text second");
  }

  @Test
  void R1_a_pong_does_not_come_into_a_frame_that_is_being_written() {
    try (Wire wide =
        Wire.open(new RecordingHandler(), Wire.config().outboundWatermarkBytes(100_000))) {
      wide.stall();
      wide.socket.sendText("x".repeat(70_000));
      wide.socket.sendText("after");
      wide.receive(ping("p"));
      wide.unstall();
      assertThat(wide.sent()).containsExactly("text of 70000 bytes", "pong p", "text after");
    }
  }

  @Test
  void R1_the_send_deadline_ends_a_peer_that_pings_and_never_reads() {
    wire.stall();
    wire.receive(ping("0"));
    for (int second = 0; second < 11; second++) {
      wire.receive(ping("again"));
      wire.pass(Duration.ofSeconds(1));
    }
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .endsWith(
            "error waited for progress in sending longer than 10000 ms (sendTimeout)",
            "close 1006 by TRANSPORT");
  }

  @Test
  void R2_unsolicited_pongs_are_told_and_otherwise_ignored() {
    byte[] thousand = new byte[0];
    for (int i = 0; i < 1000; i++) {
      thousand = concat(thousand, pong(new byte[] {1, 2, 3}));
    }
    for (int i = 0; i < 100; i++) {
      wire.receive(thousand);
      assertThat(handler.takeEvents()).hasSizeGreaterThanOrEqualTo(1000);
    }
    wire.receive(pong(new byte[0]), pong(new byte[8]), text("alive"));
    assertThat(handler.takeEvents()).containsExactly("pong of 0", "pong of 8", "text alive");
    assertThat(wire.sent()).isEmpty();
    assertThat(wire.socket.bufferedBytes()).isZero();
  }

  @Test
  void a_ping_behind_our_close_frame_is_not_answered() {
    wire.socket.close();
    wire.receive(ping("late"));
    assertThat(wire.sent()).containsExactly("close 1000");
  }
}
