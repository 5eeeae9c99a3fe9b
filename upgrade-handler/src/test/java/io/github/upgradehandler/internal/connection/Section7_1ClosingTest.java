package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 7.1: the closing handshake. */
class Section7_1ClosingTest {

  private final RecordingHandler handler =
      new RecordingHandler() {
        @Override
        void text(WebSocket socket, String text) {
          switch (text) {
            case "close" -> socket.close(CloseStatus.of(4000, "bye"));
            case "abort" -> socket.abort();
            case "echo and close" -> {
              socket.sendText(text);
              socket.close();
              socket.sendText("too late");
            }
            default -> {}
          }
        }

        @Override
        void closed(WebSocket socket, CloseEvent event) {
          ends.add(event);
          assertThat(socket.state()).isEqualTo(ConnectionState.CLOSED);
          assertThat(socket.sendText("x")).isEqualTo(SendResult.CLOSED);
          socket.close();
          socket.abort();
        }
      };
  private final List<CloseEvent> ends = new ArrayList<>();
  private final Wire wire = Wire.open(handler);
  private final Connection socket = wire.socket;

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void our_close_waits_for_the_peer_s_then_ends_the_transport() {
    socket.sendText("last");
    socket.close(CloseStatus.GOING_AWAY.withReason("moving"));
    assertThat(wire.sent()).containsExactly("text last", "close 1001 moving");
    assertThat(socket.state()).isEqualTo(ConnectionState.CLOSE_SENT);
    assertThat(wire.transport.isClosed()).isFalse();
    wire.receive(close(1001, "fine"));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents()).containsExactly("open", "close 1001 by LOCAL clean");
    assertThat(ends.get(0).status()).isEqualTo(new CloseStatus(1001, "fine"));
    assertThat(ends.get(0).sent()).contains(new CloseStatus(1001, "moving"));
  }

  @Test
  void messages_behind_our_close_and_before_the_peer_s_are_delivered() {
    socket.close();
    wire.receive(text("a"), text("b"), close(1000, ""), text("ignored"));
    assertThat(handler.takeEvents())
        .containsExactly("open", "text a", "text b", "close 1000 by LOCAL clean");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1003, 1011, 1014, 3000, 4999})
  void the_peer_s_close_is_answered_with_its_code_and_told_with_its_reason(int code) {
    wire.receive(text("a"), close(code, "their reason"));
    assertThat(wire.sent()).containsExactly("close " + code);
    assertThat(wire.transport.takeCalls()).containsExactly("write 4", "flush", "close");
    assertThat(handler.takeEvents())
        .containsExactly("open", "text a", "close " + code + " by REMOTE clean");
    assertThat(ends.get(0).reason()).isEqualTo("their reason");
  }

  @Test
  void a_close_without_a_code_is_answered_without_one() {
    wire.receiveHex("8880 00000000");
    assertThat(wire.sent()).containsExactly("close");
    assertThat(handler.takeEvents()).endsWith("close 1005 by REMOTE clean");
  }

  @ParameterizedTest
  @CsvSource({
    "8881 00000000 03, 1002 protocol error", // half a code
    "8882 00000000 03ed, 1002 protocol error", // 1005
    "8882 00000000 03ee, 1002 protocol error", // 1006
    "8882 00000000 0000, 1002 protocol error",
    "8882 00000000 1388, 1002 protocol error", // 5000
    "8884 00000000 03e8 c328, 1007 invalid UTF-8",
  })
  void an_invalid_close_is_answered_and_ends_the_connection_at_once(String hex, String answer) {
    wire.receiveHex(hex);
    assertThat(wire.sent()).containsExactly("close " + answer);
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents()).hasSize(3).first().isEqualTo("open");
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).sent())
        .hasValueSatisfying(sent -> assertThat(answer).startsWith("" + sent.code()));
  }

  @Test
  void the_answer_goes_behind_what_was_sent_before() {
    wire.transport.takeWrites(0);
    socket.sendText("a");
    wire.receive(close(1000, ""));
    assertThat(socket.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(wire.transport.isClosed()).isFalse();
    wire.unstall();
    assertThat(wire.sent()).containsExactly("text a", "close 1000");
    assertThat(wire.transport.isClosed()).isTrue();
  }

  @Test
  void both_close_at_the_same_time() {
    wire.transport.takeWrites(0);
    socket.close(CloseStatus.GOING_AWAY);
    wire.receive(close(1000, ""));
    wire.unstall();
    assertThat(wire.sent()).containsExactly("close 1001");
    assertThat(handler.takeEvents()).endsWith("close 1000 by LOCAL clean");
  }

  @Test
  void F13_nothing_counts_behind_the_peer_s_close() {
    wire.receive(close(1000, ""), text("a"), close(1001, ""), new byte[] {(byte) 0xFF, 0, 1});
    wire.receive(text("b"));
    assertThat(wire.sent()).containsExactly("close 1000");
    assertThat(handler.takeEvents()).containsExactly("open", "close 1000 by REMOTE clean");
  }

  @Test
  void R7_close_inside_a_callback() {
    wire.receive(text("close"), text("a"));
    assertThat(wire.sent()).containsExactly("close 4000 bye");
    wire.receive(close(4000, ""));
    assertThat(handler.takeEvents())
        .containsExactly("open", "text close", "text a", "close 4000 by LOCAL clean");
  }

  @Test
  void R7_send_and_close_inside_a_callback() {
    wire.receive(text("echo and close"));
    assertThat(wire.sent()).containsExactly("text echo and close", "close 1000");
  }

  @Test
  void R7_close_inside_on_open() {
    RecordingHandler refusing =
        new RecordingHandler() {
          @Override
          void opened(WebSocket opened) {
            opened.close(CloseStatus.TRY_AGAIN_LATER);
          }
        };
    try (Wire refused = Wire.open(refusing)) {
      assertThat(refused.sent()).containsExactly("close 1013");
      refused.receive(close(1013, ""));
      assertThat(refusing.takeEvents()).containsExactly("open", "close 1013 by LOCAL clean");
    }
  }

  @Test
  void R7_abort_inside_a_callback_is_the_end_of_everything() {
    wire.receive(text("abort"), text("a"));
    wire.receive(text("b"));
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly("open", "text abort", "close 1006 by TRANSPORT");
  }

  @Test
  void R7_abort_inside_on_open() {
    RecordingHandler refusing =
        new RecordingHandler() {
          @Override
          void opened(WebSocket opened) {
            opened.abort();
          }
        };
    try (Wire refused = Wire.open(refusing)) {
      assertThat(refused.transport.isClosed()).isTrue();
      assertThat(refusing.takeEvents()).containsExactly("open", "close 1006 by TRANSPORT");
    }
  }

  @Test
  void abort_drops_what_waits_and_sends_no_close_frame() {
    wire.stall();
    socket.sendText("a");
    socket.sendText("b");
    socket.abort();
    assertThat(wire.sent()).containsExactly("text a");
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(socket.bufferedBytes()).isZero();
    assertThat(handler.takeEvents()).containsExactly("open", "close 1006 by TRANSPORT");
  }

  @Test
  void closing_twice_sends_one_close_frame() {
    socket.close(CloseStatus.GOING_AWAY);
    socket.close(CloseStatus.NORMAL);
    assertThat(wire.sent()).containsExactly("close 1001");
  }

  @ParameterizedTest
  @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
  void a_code_that_must_not_be_sent_is_the_caller_s_mistake(int code) {
    assertThatThrownBy(() -> socket.close(new CloseStatus(code, "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(socket.isOpen()).isTrue();
    assertThat(wire.sent()).isEmpty();
  }
}
