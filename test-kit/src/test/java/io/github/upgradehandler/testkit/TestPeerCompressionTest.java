package io.github.upgradehandler.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that compresses (RFC 7692). */
class TestPeerCompressionTest {

  private static final int THRESHOLD = 100;
  private static final String LONG = "to be compressed ".repeat(100);

  /** Sends messages back, and notes the first byte of each frame and its length on the wire. */
  private static final class ObservedEcho extends Echo implements FrameObserver {

    private final List<String> received = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();

    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      if (frame.direction() == ObservedFrame.Direction.RECEIVED) {
        received.add("%s %s %02x".formatted(frame.opcode(), frame.fin(), frame.reservedBits()));
        lengths.add(frame.payloadLength());
      }
    }
  }

  private final ObservedEcho echo = new ObservedEcho();

  private static WebSocketConfig config(boolean takeover) {
    return WebSocketConfig.builder()
        .compression(true)
        .compressionThreshold(THRESHOLD)
        .compressionContextTakeover(takeover)
        .build();
  }

  private TestPeer connect(boolean takeover) {
    return TestPeer.builder(echo).config(config(takeover)).connect();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void long_messages_are_compressed_both_ways_and_short_ones_are_not(boolean takeover) {
    try (TestPeer peer = connect(takeover)) {
      peer.sendText("x".repeat(THRESHOLD - 1));
      Frame plain = peer.receive();
      assertThat(plain.isCompressed()).isFalse();
      assertThat(plain.text()).isEqualTo("x".repeat(THRESHOLD - 1));
      peer.sendText(LONG);
      Frame text = peer.receive();
      assertThat(text.isCompressed()).isTrue();
      assertThat(text.text()).isEqualTo(LONG);
      peer.sendBinary(LONG.getBytes(UTF_8));
      Frame binary = peer.receive();
      assertThat(binary.isCompressed()).isTrue();
      assertThat(binary.payload()).isEqualTo(LONG.getBytes(UTF_8));
      peer.sendPing("x");
      assertThat(peer.receive().isCompressed()).isFalse();
    }
    assertThat(echo.received).containsExactly("1 true 00", "1 true 40", "2 true 40", "9 true 00");
    assertThat(echo.lengths.get(1)).isLessThan(LONG.length() / 10);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void a_message_builds_on_those_before_with_context_takeover_alone(
      boolean takeover, boolean shorter) {
    try (TestPeer peer = connect(takeover)) {
      peer.sendText(LONG);
      peer.sendText(LONG);
      assertThat(peer.receiveText()).isEqualTo(LONG);
      assertThat(peer.receiveText()).isEqualTo(LONG);
    }
    assertThat(echo.lengths.get(1) < echo.lengths.get(0)).isEqualTo(shorter);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fragments_come_as_they_were_sent_and_the_first_is_marked(boolean takeover) {
    try (TestPeer peer = connect(takeover)) {
      for (int i = 0; i < 2; i++) {
        peer.sendFragments(LONG, "", LONG);
        assertThat(peer.receiveText()).isEqualTo(LONG + LONG);
        peer.socket().sendText(LONG, false);
        peer.socket().sendPing(ByteBuffer.allocate(1));
        peer.socket().sendText("end", true);
        Frame first = peer.receive();
        assertThat(first.text()).isEqualTo(LONG);
        assertThat(first.isCompressed()).isTrue();
        assertThat(peer.receive()).hasToString("ping 00");
        Frame last = peer.receive();
        assertThat(last.kind()).isEqualTo(Frame.Kind.CONTINUATION);
        assertThat(last.text()).isEqualTo("end");
        assertThat(last.isCompressed()).isTrue();
      }
    }
    assertThat(echo.received)
        .containsExactly(
            "1 false 40", "0 false 00", "0 true 00", "1 false 40", "0 false 00", "0 true 00");
  }

  @Test
  void the_handler_sees_the_offer() {
    try (TestPeer peer = connect(true)) {
      assertThat(peer.socket().handshake().headers("Sec-WebSocket-Extensions"))
          .containsExactly("permessage-deflate; client_max_window_bits");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate; server_max_window_bits=9; client_no_context_takeover | true",
        "x-unknown | false",
        "'' | false"
      })
  void a_handshake_makes_its_own_offer(String offer, boolean compressed) {
    Handshake handshake =
        new Handshake.Builder("/").header("Sec-WebSocket-Extensions", offer).build();
    try (TestPeer peer =
        TestPeer.builder(echo).config(config(true)).handshake(handshake).connect()) {
      for (int i = 0; i < 2; i++) {
        peer.sendText(LONG);
        Frame frame = peer.receive();
        assertThat(frame.isCompressed()).isEqualTo(compressed);
        assertThat(frame.text()).isEqualTo(LONG);
      }
    }
    assertThat(echo.lengths.get(1)).as("client_no_context_takeover").isEqualTo(echo.lengths.get(0));
  }

  @Test
  void nothing_is_offered_where_the_configuration_has_no_compression() {
    try (TestPeer peer = TestPeer.connect(echo)) {
      peer.sendText(LONG);
      assertThat(peer.receive().isCompressed()).isFalse();
      assertThat(peer.socket().handshake().header("Sec-WebSocket-Extensions")).isEmpty();
    }
  }

  @Test
  void what_is_compressed_wrongly_is_refused() {
    try (TestPeer peer = connect(false)) {
      peer.sendBytes(ClientBytes.frame(0xC1, new byte[] {-1, -1}));
      assertThat(peer.receiveClose().closeCode()).isEqualTo(1002);
    }
  }
}
