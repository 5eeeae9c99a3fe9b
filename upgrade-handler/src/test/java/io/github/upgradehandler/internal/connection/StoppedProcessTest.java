package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.pong;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.ClientFrames;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process stands still for longer than a deadline: what waits is read before it counts. */
class StoppedProcessTest {

  private static final Duration STOPPED = ofSeconds(33);

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);

  @AfterEach
  void close() {
    wire.close();
  }

  /** The clock goes on, and the timer comes when the process does. */
  private void stop() {
    wire.clock.advance(STOPPED);
    wire.group.sweep();
  }

  @Test
  void R30_an_unfinished_frame() {
    wire.receiveHex("8185 00000000 61");
    wire.pass(ofSeconds(25));
    stop();
    wire.pass(ofMillis(500));
    wire.receiveHex("62636465");
    wire.pass(ofSeconds(10));
    assertThat(wire.socket.isOpen()).isTrue();
    assertThat(handler.events()).contains("text abcde");
  }

  @Test
  void R30_a_ping_that_is_out() {
    wire.pass(ofSeconds(21));
    String ping = wire.sent().get(0);
    wire.pass(ofSeconds(15));
    stop();
    wire.pass(ofMillis(750));
    wire.receive(pong(HexFormat.of().parseHex(ping.substring("ping ".length()))));
    wire.pass(ofSeconds(10));
    assertThat(wire.socket.isOpen()).isTrue();
  }

  @Test
  void R30_bytes_that_are_not_sent() {
    wire.stall();
    wire.socket.sendBinary(new byte[100]);
    wire.socket.sendBinary(new byte[100]);
    wire.pass(ofSeconds(9));
    stop();
    wire.pass(ofMillis(750));
    wire.unstall();
    wire.pass(ofSeconds(5));
    assertThat(wire.socket.isOpen()).isTrue();
    assertThat(wire.socket.bufferedBytes()).isZero();
  }

  @Test
  void R30_a_close_frame_that_is_not_answered_yet() {
    wire.socket.close();
    wire.pass(ofSeconds(9));
    stop();
    wire.pass(ofMillis(750));
    wire.receive(ClientFrames.close(1000, ""));
    assertThat(handler.events()).contains("close 1000 by LOCAL clean");
  }

  @Test
  void R30_time_goes_on_afterwards() {
    stop();
    wire.pass(ofSeconds(42));
    assertThat(wire.transport.isClosed()).as("nothing came for all that time").isTrue();
  }

  @Test
  void only_the_first_pong_that_repeats_a_ping_tells_the_round_trip() {
    wire.receive(pong(new byte[8]));
    assertThat(wire.socket.roundTripTime()).as("nothing was asked").isEmpty();
    wire.pass(ofMillis(20_250)); // that was heard at the first look
    byte[] payload = HexFormat.of().parseHex(wire.sent().get(0).substring("ping ".length()));
    wire.clock.advance(ofMillis(30));
    wire.receive(pong(payload));
    wire.clock.advance(ofMillis(100));
    wire.receive(pong(payload));
    assertThat(wire.socket.roundTripTime()).contains(ofMillis(30));
  }
}
