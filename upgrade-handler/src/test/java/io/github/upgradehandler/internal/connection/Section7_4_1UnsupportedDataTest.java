package io.github.upgradehandler.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.RateLimit;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kind of message that a handler has no method for is answered with 1003. */
class Section7_4_1UnsupportedDataTest {

  private static final String NO_TEXT = "close 1003 this endpoint takes no text messages";
  private static final String NO_BINARY = "close 1003 this endpoint takes no binary messages";

  private static final byte[] TEXT = ClientFrames.text("a");
  private static final byte[] BINARY = ClientFrames.binary(new byte[1]);

  private final List<String> told = new ArrayList<>();

  private final class TextOnly implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      told.add(text);
    }
  }

  private final class BinaryOnly implements WebSocketHandler {
    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      told.add("binary of " + payload.remaining());
    }
  }

  /** It watches only. */
  private final class Watching implements FrameObserver {
    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      told.add(frame.direction() + " " + frame.opcode());
    }
  }

  private static void assertAnswer(String expected, WebSocketHandler handler, byte[]... frames) {
    try (Wire wire = Wire.open(handler)) {
      wire.receive(frames);
      assertThat(wire.sent()).containsExactly(expected);
    }
  }

  @Test
  void a_handler_of_text_takes_nothing_binary() {
    assertAnswer(NO_BINARY, new TextOnly(), TEXT, BINARY, BINARY);
    assertThat(told).containsExactly("a");
  }

  @Test
  void a_handler_of_binary_messages_takes_no_text() {
    assertAnswer(NO_TEXT, new BinaryOnly(), BINARY, TEXT, TEXT);
    assertThat(told).containsExactly("binary of 1");
  }

  @Test
  void a_handler_that_only_sends_takes_neither() {
    assertAnswer(NO_TEXT, new WebSocketHandler() {}, TEXT);
    assertAnswer(NO_BINARY, new WebSocketHandler() {}, BINARY);
  }

  @Test
  void a_fragmented_message_is_refused_when_it_is_complete() {
    assertAnswer(
        NO_TEXT,
        new BinaryOnly(),
        ClientFrames.frame(Opcode.TEXT, false, "a".getBytes(UTF_8)),
        ClientFrames.frame(Opcode.CONTINUATION, true, "b".getBytes(UTF_8)));
  }

  @Test
  void what_stands_before_a_handler_passes_the_refusal_on() {
    Handshake handshake = new Handshake.Builder("/").build();
    RateLimit limit = RateLimit.builder().messages(100, 100).build();
    assertAnswer(NO_BINARY, limit.admit(handshake).around(new TextOnly()), BINARY);
    assertAnswer(NO_TEXT, limit.admit(handshake).around(new BinaryOnly()), TEXT);
  }

  @Test
  void an_observer_of_frames_that_takes_no_messages_refuses_them_too() {
    assertAnswer(NO_TEXT, new Watching(), TEXT);
    assertThat(told).containsExactly("RECEIVED 1", "SENT 8");
  }
}
