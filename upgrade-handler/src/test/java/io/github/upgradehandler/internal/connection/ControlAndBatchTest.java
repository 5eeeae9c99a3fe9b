package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Several messages at once, pings that answer with a time, and pongs that nobody asked for. */
class ControlAndBatchTest {

  private final RecordingHandler handler = new RecordingHandler();

  /** What the pings carried that were sent, as the peer repeats it. */
  private static List<byte[]> pings(Wire wire) {
    List<byte[]> carried = new ArrayList<>();
    byte[] bytes = wire.transport.takeWritten();
    for (int at = 0; at < bytes.length; at += 2 + bytes[at + 1]) {
      assertThat(bytes[at]).isEqualTo((byte) 0x89);
      byte[] payload = new byte[bytes[at + 1]];
      System.arraycopy(bytes, at + 2, payload, 0, payload.length);
      carried.add(payload);
    }
    return carried;
  }

  @Test
  void messages_go_together_in_order() {
    try (Wire wire = Wire.open(handler)) {
      List<PreparedMessage> all =
          List.of(
              PreparedMessage.text("a"),
              PreparedMessage.binary(ByteBuffer.wrap(new byte[] {1})),
              PreparedMessage.text("b"));
      assertThat(wire.socket.sendAll(all)).isEqualTo(SendResult.ACCEPTED);
      assertThat(wire.sent()).containsExactly("text a", "binary 01", "text b");
      assertThat(wire.socket.sendAll(List.of())).isEqualTo(SendResult.ACCEPTED);
      assertThat(wire.sent()).isEmpty();
    }
  }

  @Test
  void messages_wait_together_for_a_fragmented_one() {
    try (Wire wire = Wire.open(handler)) {
      wire.socket.sendText("x", false);
      wire.socket.sendAll(List.of(PreparedMessage.text("a"), PreparedMessage.text("b")));
      wire.socket.sendText("y", true);
      assertThat(wire.sent()).endsWith("text a", "text b");
    }
  }

  @Test
  void all_messages_fit_or_none_is_sent() {
    try (Wire wire =
        Wire.open(
            handler,
            Wire.config()
                .outboundWatermarkBytes(1)
                .outboundLimitBytes(30)
                .overflowPolicy(io.github.upgradehandler.OverflowPolicy.DROP))) {
      wire.stall();
      wire.socket.sendText("12345678");
      List<PreparedMessage> all =
          List.of(PreparedMessage.text("123456789"), PreparedMessage.text("123456789"));
      assertThat(wire.socket.sendAll(all)).isEqualTo(SendResult.OVERFLOW);
      wire.unstall();
      assertThat(wire.sent()).containsExactly("text 12345678");
      wire.socket.close();
      assertThat(wire.socket.sendAll(all)).isEqualTo(SendResult.CLOSED);
    }
  }

  @Test
  void a_ping_answers_with_the_time_to_its_pong() throws Exception {
    try (Wire wire = Wire.open(handler)) {
      CompletableFuture<Duration> time = wire.socket.ping().toCompletableFuture();
      byte[] payload = pings(wire).get(0);
      wire.clock.advance(Duration.ofMillis(30));
      wire.receive(pong(new byte[16]), pong(new byte[3]));
      assertThat(time).isNotDone();
      wire.receive(pong(payload));
      assertThat(time.get()).isEqualTo(Duration.ofMillis(30));
    }
  }

  @Test
  void a_pong_to_the_last_ping_answers_those_before() {
    try (Wire wire = Wire.open(handler)) {
      CompletableFuture<Duration> first = wire.socket.ping().toCompletableFuture();
      CompletableFuture<Duration> second = wire.socket.ping().toCompletableFuture();
      CompletableFuture<Duration> third = wire.socket.ping().toCompletableFuture();
      List<byte[]> payloads = pings(wire);
      wire.receive(pong(payloads.get(1)));
      assertThat(first).isCompleted();
      assertThat(second).isCompleted();
      assertThat(third).isNotDone();
      wire.receive(pong(payloads.get(0)));
      assertThat(third).isNotDone();
    }
  }

  @Test
  void a_ping_fails_with_its_connection() {
    try (Wire wire = Wire.open(handler)) {
      CompletableFuture<Duration> waiting = wire.socket.ping().toCompletableFuture();
      wire.receive(close(1000, ""));
      assertThat(waiting)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(IOException.class);
      assertThat(wire.socket.ping().toCompletableFuture()).isCompletedExceptionally();
    }
    try (Wire wire = Wire.open(handler)) {
      wire.receive(close(1000, ""));
      assertThat(wire.socket.ping().toCompletableFuture()).isCompletedExceptionally();
    }
  }

  @Test
  void a_pong_that_nobody_asked_for() {
    try (Wire wire = Wire.open(handler)) {
      assertThat(wire.socket.sendPong(ByteBuffer.wrap("p".getBytes(UTF_8))))
          .isEqualTo(SendResult.ACCEPTED);
      assertThat(wire.sent()).containsExactly("pong p");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> wire.socket.sendPong(ByteBuffer.allocate(126)))
          .withMessage("pong of 126 bytes, at most 125 (RFC 6455 section 5.5)");
      wire.socket.close();
      assertThat(wire.socket.sendPong(ByteBuffer.allocate(0))).isEqualTo(SendResult.CLOSED);
    }
  }
}
