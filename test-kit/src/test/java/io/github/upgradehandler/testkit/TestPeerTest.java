package io.github.upgradehandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.TokenVerifier;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The peer itself. */
class TestPeerTest {

  /** Sends messages back, and notes what else comes. */
  private static class Noting extends Echo {

    final List<String> events = new ArrayList<>();

    @Override
    public void onOpen(WebSocket socket) {
      events.add("open " + Thread.currentThread().getName());
    }

    @Override
    public void onPong(WebSocket socket, ByteBuffer payload) {
      events.add("pong of " + payload.remaining());
    }

    @Override
    public void onDrain(WebSocket socket) {
      events.add("drain");
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.add("error " + error.getMessage());
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      events.add("close " + event.code() + " by " + event.initiator());
    }
  }

  private final Noting handler = new Noting();

  @Test
  void every_kind_of_frame_can_be_sent_and_received() {
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.sendBinary(new byte[] {1, 2});
      assertThat(peer.receiveBinary()).containsExactly(1, 2);
      peer.sendPing("p");
      assertThat(peer.receive()).hasToString("pong p");
      peer.sendPong(new byte[3]);
      peer.sendBinary(new byte[70_000 - 5_000]);
      assertThat(peer.receive()).hasToString("binary of 65000 bytes");
      peer.sendBytes(ClientBytes.text("a"), ClientBytes.text("\u00e4"));
      assertThat(peer.receivedSoFar()).containsExactly("text a", "text c3a4");
      peer.sendHex("8180 00000000");
      assertThat(peer.receiveText()).isEmpty();
      peer.sendClose();
      Frame close = peer.receiveClose();
      assertThat(close).hasToString("close");
      assertThat(close.closeCode()).isEqualTo(1005);
      assertThat(close.closeReason()).isEmpty();
      assertThat(peer.isEnded()).isTrue();
      assertThat(peer.closeEvent().code()).isEqualTo(1005);
    }
    assertThat(handler.events)
        .containsExactly(
            "open " + Thread.currentThread().getName(), "pong of 3", "close 1005 by REMOTE");
  }

  @Test
  void a_wrong_frame_is_refused() {
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.sendBytes(ClientBytes.frame(0xC1, new byte[0]));
      Frame close = peer.receiveClose();
      assertThat(close.closeCode()).isEqualTo(1002);
      assertThat(close.closeReason()).isEqualTo("protocol error");
    }
  }

  @Test
  void what_came_instead_is_told() {
    try (TestPeer peer = TestPeer.builder(handler).patience(Duration.ZERO).connect()) {
      assertThatThrownBy(peer::receiveText)
          .isInstanceOf(AssertionError.class)
          .hasMessage("expected a frame, none came; the connection is OPEN, TCP open");
      assertThatThrownBy(peer::closeEvent)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("expected the end");
      peer.sendText("a");
      assertThatThrownBy(peer::receiveBinary)
          .isInstanceOf(AssertionError.class)
          .hasMessage("expected BINARY as a whole, came: text a");
      peer.socket().sendText("a", false);
      assertThatThrownBy(peer::receiveText).hasMessage("expected TEXT as a whole, came: text a...");
    }
  }

  @Test
  void TCP_ends_in_order_or_not() {
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.sendEnd();
      assertThat(peer.closeEvent().code()).isEqualTo(1006);
    }
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.reset();
      assertThat(peer.closeEvent().code()).isEqualTo(1006);
    }
    assertThat(handler.events).contains("error Connection reset");
  }

  @Test
  void a_peer_that_does_not_read_holds_the_server_back() {
    WebSocketConfig config = WebSocketConfig.builder().outboundWatermarkBytes(100).build();
    try (TestPeer peer = TestPeer.builder(handler).config(config).connect()) {
      peer.stallReading();
      peer.sendText("x".repeat(200));
      peer.sendText("later");
      assertThat(peer.receivedSoFar()).containsExactly("text of 200 bytes");
      assertThat(peer.socket().isAboveWatermark()).isTrue();
      peer.readOnce();
      assertThat(handler.events).contains("drain");
      assertThat(peer.receivedSoFar()).containsExactly("text later");
      peer.resumeReading();
      assertThat(peer.socket().bufferedBytes()).isZero();
      peer.stallReading();
      peer.sendText("x".repeat(200));
      peer.advance(Duration.ofSeconds(11));
      assertThat(peer.closeEvent().code()).isEqualTo(1006);
    }
  }

  @Test
  void what_the_server_does_not_read_waits() {
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.socket().pause();
      peer.sendText("a");
      peer.sendText("b");
      assertThat(peer.unread()).isEqualTo(2);
      peer.socket().resume();
      assertThat(peer.unread()).isZero();
      assertThat(peer.receivedSoFar()).containsExactly("text a", "text b");
    }
  }

  @Test
  void a_handshake_of_the_tests_choice_is_what_the_handler_sees() {
    Handshake handshake =
        new Handshake.Builder("/chat").header("X", "1").subprotocols(List.of("a", "b")).build();
    WebSocketConfig config = WebSocketConfig.builder().subprotocols(List.of("c", "b")).build();
    try (TestPeer peer = TestPeer.builder(handler).handshake(handshake).config(config).connect()) {
      assertThat(peer.socket().handshake().header("x")).contains("1");
      assertThat(peer.socket().subprotocol()).contains("b");
    }
  }

  @Test
  void a_guard_refuses_and_its_count_is_released_at_the_end() {
    WebSocketConfig config = WebSocketConfig.builder().guards(new ConnectionLimit(1)).build();
    TestPeer.Builder builder = TestPeer.builder(handler).config(config);
    try (TestPeer peer = builder.connect()) {
      assertThatThrownBy(builder::connect).isInstanceOf(HandshakeRefusedException.class);
      peer.sendClose();
    }
    builder.connect().close();
  }

  @Test
  void a_guard_that_cannot_surround_the_handler_is_released() {
    List<String> calls = new ArrayList<>();
    Admission failing =
        Admission.UNCONDITIONAL
            .inspectedBy(
                around -> {
                  throw new IllegalStateException("cannot");
                })
            .withRelease(() -> calls.add("release"));
    WebSocketConfig config = WebSocketConfig.builder().guards(asked -> failing).build();
    assertThatThrownBy(TestPeer.builder(handler).config(config)::connect).hasMessage("cannot");
    assertThat(calls).containsExactly("release");
  }

  @Test
  void a_guards_deadline_passes_when_the_test_says_so() {
    Principal ann = () -> "ann";
    TokenVerifier tokens = TokenVerifier.fixed(Map.of("token", ann));
    WebSocketConfig config =
        WebSocketConfig.builder().guards(new FirstMessage(tokens, Duration.ofMinutes(5))).build();
    TestPeer.Builder builder = TestPeer.builder(handler).config(config);
    try (TestPeer peer = builder.connect()) {
      peer.sendText("token");
      assertThat(peer.socket().principal()).contains(ann);
      assertThat(handler.events).hasSize(1);
    }
    try (TestPeer peer = builder.connect()) {
      for (int i = 0; i < 31; i++) {
        peer.advance(Duration.ofSeconds(10));
        peer.sendPong(new byte[0]);
      }
      assertThat(peer.receiveClose()).hasToString("close 1008 sign-in took too long");
    }
  }

  @Test
  void a_guard_that_would_lose_messages_is_refused_as_by_a_servlet() {
    final class Parts extends Noting implements PartialHandler {
      @Override
      public void onTextPart(WebSocket socket, String part, boolean last) {}

      @Override
      public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {}
    }
    Admission losing = Admission.UNCONDITIONAL.inspectedBy(handler -> new Noting());
    WebSocketConfig config = WebSocketConfig.builder().guards(asked -> losing).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> TestPeer.builder(new Parts()).config(config).connect())
        .withMessageContaining("is no PartialHandler");
  }

  @Test
  void an_observer_is_shown_the_frames() {
    List<ObservedFrame.Direction> seen = new ArrayList<>();
    final class Observing extends Noting implements FrameObserver {
      @Override
      public void onFrame(WebSocket socket, ObservedFrame frame) {
        seen.add(frame.direction());
      }
    }
    try (TestPeer peer = TestPeer.connect(new Observing())) {
      peer.sendText("a");
    }
    assertThat(seen)
        .containsExactly(ObservedFrame.Direction.RECEIVED, ObservedFrame.Direction.SENT);
  }

  @Test
  void a_conversation_on_another_thread_is_waited_for() {
    WebSocketHandler echo =
        Conversation.handler(
            task -> new Thread(task).start(),
            conversation -> {
              for (Message message : conversation) {
                conversation.send(message);
              }
            });
    try (TestPeer peer = TestPeer.connect(echo)) {
      for (int i = 0; i < 1000; i++) {
        peer.sendText("message " + i);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(peer.receiveText()).isEqualTo("message " + i);
      }
      peer.sendClose(1000, "");
      assertThat(peer.receiveClose()).hasToString("close 1000");
      assertThat(peer.closeEvent().clean()).isTrue();
    }
  }
}
