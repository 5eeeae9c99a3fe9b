package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.CapturedLog;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameObserverTest {

  private final ObservingEcho handler = new ObservingEcho();

  @Test
  void both_directions_are_shown_in_order() {
    try (Wire wire = Wire.open(handler)) {
      wire.receive(concat(text("hello"), ping("?")));
      wire.receive(close(1000, "bye"));
      assertThat(handler.seen)
          .containsExactly(
              "RECEIVED fin 1 5 hello masked",
              "RECEIVED fin 9 1 ? masked",
              "SENT fin 1 5 hello",
              "SENT fin a 1 ?",
              "RECEIVED fin 8 5 \u0003\u00e8bye masked",
              "SENT fin 8 2 \u0003\u00e8");
      assertThat(wire.sent()).containsExactly("text hello", "pong ?", "close 1000");
    }
  }

  @Test
  void fragments_are_shown_as_they_come_and_a_frame_when_it_is_complete() {
    try (Wire wire = Wire.open(handler)) {
      wire.receiveHex("0182 00000000 61");
      assertThat(handler.seen).isEmpty();
      wire.receiveHex("62");
      assertThat(handler.seen).containsExactly("RECEIVED 1 2 ab masked");
      handler.seen.clear();
      wire.receiveHex("8080 00000000");
      assertThat(handler.seen).containsExactly("RECEIVED fin 0 0  masked", "SENT fin 1 2 ab");
    }
  }

  @Test
  void of_a_long_payload_the_start_is_shown() {
    try (Wire wire = Wire.open(handler, Wire.config().maxMessageBytes(200_000))) {
      String start = "0123456789".repeat(12) + "01234";
      wire.receive(text("0123456789".repeat(20_000)));
      assertThat(handler.seen)
          .containsExactly(
              "RECEIVED fin 1 200000 " + start + " masked", "SENT fin 1 200000 " + start);
    }
  }

  @Test
  void behind_a_breach_only_the_Close_frames_are_shown() {
    try (Wire wire = Wire.open(handler)) {
      wire.receive(concat(hex("8380 00000000"), text("ignored"), close(1000, "")));
      assertThat(handler.seen.get(0)).startsWith("RECEIVED fin 8 2 ");
      assertThat(handler.seen.get(1)).startsWith("SENT fin 8 ");
      assertThat(handler.seen).hasSize(2);
    }
  }

  @Test
  void an_observer_that_throws_closes_with_1011_and_sees_no_more() {
    try (CapturedLog log = new CapturedLog();
        Wire wire = Wire.open(new Throwing())) {
      wire.receive(concat(text("one"), text("two")));
      assertThat(wire.sent()).containsExactly("close 1011 internal error");
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void what_is_shown_cannot_be_changed() {
    try (Wire wire = Wire.open(handler)) {
      wire.receiveText("hello");
      assertThatThrownBy(() -> handler.last.start().put(0, (byte) 0))
          .isInstanceOf(ReadOnlyBufferException.class);
    }
  }

  private static final class ObservingEcho implements FrameObserver {

    private final List<String> seen = new ArrayList<>();
    private ObservedFrame last;

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      last = frame;
      // A close code is shown by its bytes, so that every byte of a payload is a character.
      String start = ISO_8859_1.decode(frame.start()).toString();
      seen.add(
          frame.direction()
              + (frame.fin() ? " fin " : " ")
              + Integer.toHexString(frame.opcode())
              + " "
              + frame.payloadLength()
              + " "
              + start
              + (frame.masked() ? " masked" : ""));
      assertThat(frame.reservedBits()).isZero();
    }
  }

  private static final class Throwing implements FrameObserver {

    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      throw new IllegalStateException("cannot be shown");
    }
  }
}
