package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sweep passes over connections that rest: what then begins has its whole time all the same. */
class DeadlinesAfterRestTest {

  private static final Duration STEP = Duration.ofMillis(250);

  private final Wire wire =
      Wire.open(new RecordingHandler(), Wire.config().pingInterval(Duration.ZERO));

  @BeforeEach
  void rest() {
    wire.socket.sendText("the last for long");
    wire.pass(Duration.ofMinutes(3));
    wire.sent();
  }

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void the_closing_handshake() {
    wire.socket.close();
    wire.pass(Duration.ofSeconds(10).minus(STEP));
    assertThat(wire.transport.isClosed()).isFalse();
    wire.pass(STEP.multipliedBy(2));
    assertThat(wire.transport.isClosed()).isTrue();
  }

  @Test
  void sending() {
    wire.stall();
    wire.socket.sendText("x".repeat(200_000));
    wire.pass(Duration.ofSeconds(10).minus(STEP));
    assertThat(wire.transport.isClosed()).isFalse();
    wire.pass(STEP.multipliedBy(2));
    assertThat(wire.transport.isClosed()).isTrue();
  }

  @Test
  void a_frame() {
    wire.receiveHex("81");
    wire.pass(Duration.ofSeconds(30).minus(STEP));
    assertThat(wire.socket.isOpen()).isTrue();
    wire.pass(STEP.multipliedBy(2));
    assertThat(wire.sent()).contains("close 1008 frame too slow");
  }

  @Test
  void a_connection_that_failed() {
    wire.receiveHex("83 80 00000000"); // a reserved opcode
    wire.pass(Duration.ofSeconds(1).minus(STEP));
    assertThat(wire.transport.isClosed()).isFalse();
    wire.pass(STEP.multipliedBy(2));
    assertThat(wire.transport.isClosed()).isTrue();
  }
}
