package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.WebSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 7.1.7: the peer breaks the protocol or a bound. */
class FailingTest {

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @ParameterizedTest
  @CsvSource({
    "8101 61, 1002 protocol error", // not masked
    "8381 00000000 61, 1002 protocol error", // reserved opcode
    "8080 00000000, 1002 protocol error", // continuation of nothing
    "8182 00000000 c328, 1007 invalid UTF-8",
    "0980 00000000, 1002 protocol error", // fragmented ping
  })
  void the_peer_gets_a_close_frame_with_a_fixed_reason(String hex, String answer) {
    wire.receive(text("a"));
    wire.receiveHex(hex);
    assertThat(wire.sent()).containsExactly("close " + answer);
    assertThat(handler.takeEvents()).containsExactly("open", "text a");
    wire.receive(close(1002, ""));
    assertThat(handler.takeEvents()).hasSize(2).last().isEqualTo("close 1002 by LOCAL clean");
    assertThat(wire.transport.isClosed()).isTrue();
  }

  @Test
  void the_reason_is_left_out_where_options_say_so() {
    RecordingHandler closing =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            throw new CloseException(4001, "the application's own");
          }
        };
    try (Wire quiet = Wire.open(closing, Wire.config().closeReasons(false))) {
      quiet.receiveHex("8380 00000000");
      assertThat(quiet.sent()).containsExactly("close 1002");
    }
    try (Wire quiet = Wire.open(closing, Wire.config().closeReasons(false))) {
      quiet.receive(text("a"));
      assertThat(quiet.sent()).containsExactly("close 4001 the application's own");
    }
  }

  @Test
  void frames_behind_the_fault_are_passed_over_until_the_peer_s_close() {
    wire.receiveHex("8380 00000000");
    wire.receive(text("a"), ping("p"), text("\u00e9"));
    wire.receiveHex("8183");
    assertThat(handler.takeEvents()).containsExactly("open");
    assertThat(wire.sent()).containsExactly("close 1002 protocol error");
    wire.receiveHex("00000000 616161");
    wire.receive(close(1000, "agreed"));
    assertThat(handler.takeEvents()).endsWith("close 1000 by LOCAL clean");
  }

  @Test
  void a_payload_that_was_refused_is_passed_over_however_long() {
    wire.receiveHex("82ff 0000000000100000 00000000");
    assertThat(wire.sent()).containsExactly("close 1009 message too big: maxMessageBytes is 65536");
    for (int i = 0; i < 16; i++) {
      wire.receive(new byte[1 << 16]);
    }
    wire.receive(close(1009, ""));
    assertThat(handler.takeEvents())
        .containsExactly(
            "open",
            "error frame of 1048576 bytes (maxMessageBytes is 65536)",
            "close 1009 by LOCAL clean");
  }

  @Test
  void a_peer_that_sends_on_and_never_closes_is_ended_by_the_close_deadline() {
    wire.receiveHex("8380 00000000");
    for (int i = 0; i < 50; i++) {
      wire.receive(text("a"));
      wire.pass(Duration.ofMillis(250));
    }
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents()).endsWith("close 1006 by LOCAL");
  }

  @Test
  void a_fault_behind_our_close_frame_changes_nothing_on_the_wire() {
    wire.socket.close();
    wire.receiveHex("8380 00000000");
    wire.receive(close(1000, ""));
    assertThat(wire.sent()).containsExactly("close 1000");
    assertThat(handler.takeEvents()).endsWith("close 1000 by LOCAL clean");
  }

  @Test
  void what_was_sent_before_goes_before_the_close_frame() {
    wire.stall();
    wire.socket.sendText("a");
    wire.socket.sendText("b");
    wire.receiveHex("8380 00000000");
    wire.unstall();
    assertThat(wire.sent()).containsExactly("text a", "text b", "close 1002 protocol error");
  }
}
