package io.github.upgradehandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How to test a handler: the example of docs/testing.md. */
class EchoHandlerTest {

  /** What is tested. */
  static final class EchoHandler implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("nothing to send back");
      }
      socket.sendText(text);
    }
  }

  private final TestPeer peer = TestPeer.connect(new EchoHandler());

  @AfterEach
  void close() {
    peer.close();
  }

  @Test
  void a_text_comes_back() {
    peer.sendText("hi");
    assertThat(peer.receiveText()).isEqualTo("hi");
  }

  @Test
  void a_text_in_pieces_comes_back_whole() {
    peer.sendCut(ClientBytes.text("hello"), 1, 3);
    peer.sendFragments("he", "l", "lo");
    assertThat(peer.receivedSoFar()).containsExactly("text hello", "text hello");
  }

  @Test
  void a_silent_client_is_asked_whether_it_lives_and_then_given_up() {
    peer.advance(Duration.ofSeconds(21));
    assertThat(peer.receive().kind()).isEqualTo(Frame.Kind.PING);
    peer.advance(Duration.ofSeconds(21));
    assertThat(peer.isEnded()).isTrue();
    assertThat(peer.closeEvent().code()).isEqualTo(1006);
  }

  @Test
  void an_empty_text_is_a_failure() {
    peer.sendText("");
    assertThat(peer.receiveClose()).hasToString("close 1011 internal error");
    peer.sendClose(1011, "");
    assertThat(peer.closeEvent().clean()).isTrue();
  }
}
