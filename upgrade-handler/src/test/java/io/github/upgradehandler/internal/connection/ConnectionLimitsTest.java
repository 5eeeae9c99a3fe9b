package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import org.junit.jupiter.api.Test;

/** Limits that differ from connection to connection, and what a handler closes with. */
class ConnectionLimitsTest {

  private static final WebSocketConfig.Builder SMALL =
      Wire.config().maxMessageBytes(10).maxFragments(2);

  /** Lets larger messages in once the password has come. */
  private static class SignIn extends RecordingHandler {
    @Override
    void text(WebSocket socket, String text) {
      if (text.equals("password")) {
        socket.setLimits(socket.limits().withMaxMessageBytes(20));
      }
    }
  }

  @Test
  void a_handler_raises_the_limit_for_all_that_follows() {
    SignIn handler = new SignIn();
    try (Wire wire = Wire.open(handler, SMALL)) {
      // In one read: the second message is larger than the first limit.
      wire.receive(text("password"), text("a".repeat(20)));
      assertThat(handler.events()).contains("text password", "text " + "a".repeat(20));
      assertThat(wire.sent()).isEmpty();
      wire.receive(text("a".repeat(21)));
      assertThat(wire.sent()).singleElement().asString().startsWith("close 1009");
    }
  }

  @Test
  void without_it_the_limit_stays() {
    try (Wire wire = Wire.open(new SignIn(), SMALL)) {
      wire.receive(text("passwort"), text("a".repeat(11)));
      assertThat(wire.sent()).singleElement().asString().startsWith("close 1009");
    }
  }

  @Test
  void another_thread_lowers_the_limit_for_what_comes_next() {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, SMALL)) {
      wire.receive(text("12345"));
      wire.socket.setLimits(Limits.DEFAULTS.withMaxMessageBytes(4));
      wire.receive(text("1234"), text("12345"));
      assertThat(handler.events()).contains("text 12345", "text 1234");
      assertThat(wire.sent()).singleElement().asString().startsWith("close 1009");
      assertThat(wire.socket.limits().maxMessageBytes()).isEqualTo(4);
    }
  }

  @Test
  void a_handler_closes_with_a_status_of_its_choice() {
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            throw new CloseException(4001, "no such room");
          }
        };
    try (Wire wire = Wire.open(handler)) {
      wire.receive(text("a"), text("b"));
      assertThat(wire.sent()).containsExactly("close 4001 no such room");
      assertThat(handler.events()).doesNotContain("text b");
    }
  }

  @Test
  void a_long_reason_is_cut() {
    try (Wire wire = Wire.open(new RecordingHandler())) {
      wire.socket.close(4002, "é".repeat(100));
      assertThat(wire.socket.state().canSend()).isFalse();
      assertThat(CloseStatus.truncated(4002, "é".repeat(100)).reason()).isEqualTo("é".repeat(61));
    }
  }
}
