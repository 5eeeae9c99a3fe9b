package io.github.upgradehandler.guard;

import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much a connection may send. */
class RateLimitTest {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final List<String> handled = new ArrayList<>();

  private class Noting implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      handled.add(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      handled.add("binary of " + payload.remaining());
    }

    @Override
    public void onPing(WebSocket socket, ByteBuffer payload) {
      handled.add("ping");
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      handled.add("close");
    }
  }

  private final class NotingParts extends Noting implements PartialHandler {
    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      handled.add(part + (last ? "" : "..."));
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      handled.add("binary of " + part.remaining() + (last ? "" : "..."));
    }
  }

  private TestPeer open(RateLimit.Builder limit, WebSocketHandler handler) {
    Handshake handshake = new Handshake.Builder("/").build();
    return TestPeer.connect(limit.build(clock::get).admit(handshake).around(handler));
  }

  private TestPeer open(RateLimit.Builder limit) {
    return open(limit, new Noting());
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private List<String> takeHandled() {
    List<String> taken = List.copyOf(handled);
    handled.clear();
    return taken;
  }

  @Test
  void a_burst_passes_and_then_the_rate() {
    try (TestPeer peer = open(RateLimit.builder().messages(2, 3).excess(Excess.DROP))) {
      for (int i = 1; i <= 5; i++) {
        peer.sendText("at once " + i);
      }
      assertThat(takeHandled()).containsExactly("at once 1", "at once 2", "at once 3");
      pass(Duration.ofMillis(499));
      peer.sendText("early");
      assertThat(takeHandled()).isEmpty();
      pass(Duration.ofMillis(1));
      peer.sendText("one");
      peer.sendText("two");
      assertThat(takeHandled()).containsExactly("one");
      pass(Duration.ofHours(1));
      for (int i = 1; i <= 5; i++) {
        peer.sendText("later " + i);
      }
      assertThat(takeHandled()).containsExactly("later 1", "later 2", "later 3");
      assertThat(peer.receivedSoFar()).isEmpty();
      assertThat(peer.socket().isOpen()).isTrue();
    }
  }

  @Test
  void by_default_excess_closes_with_1013_and_nothing_more_is_handled() {
    try (TestPeer peer = open(RateLimit.builder().messages(1, 1))) {
      peer.sendBytes(text("a"), text("b"));
      pass(Duration.ofMinutes(1));
      peer.sendText("c");
      assertThat(peer.receivedSoFar()).containsExactly("close 1013 too fast");
      peer.sendBytes(ClientFrames.close(1013, ""));
      assertThat(takeHandled()).containsExactly("a", "close");
    }
  }

  @Test
  void excess_may_be_answered() {
    PreparedMessage slower = PreparedMessage.text("slower");
    try (TestPeer peer = open(RateLimit.builder().messages(1, 1).excess(Excess.answer(slower)))) {
      peer.sendBytes(text("a"), text("b"), text("c"));
      assertThat(peer.receivedSoFar()).containsExactly("text slower", "text slower");
      assertThat(takeHandled()).containsExactly("a");
    }
  }

  @Test
  void pings_count_as_messages_and_are_answered_all_the_same() {
    try (TestPeer peer = open(RateLimit.builder().messages(1, 2).excess(Excess.DROP))) {
      peer.sendBytes(ping("x"), ping("y"), text("a"));
      assertThat(takeHandled()).containsExactly("ping", "ping");
      assertThat(peer.receivedSoFar()).containsExactly("pong x", "pong y");
    }
  }

  @Test
  void bytes_are_those_of_utf8() {
    String tenBytes = "a\u00e9\u20ac\ud83d\ude00"; // 1 + 2 + 3 + 4
    try (TestPeer peer = open(RateLimit.builder().bytes(10, 10).excess(Excess.DROP))) {
      peer.sendText(tenBytes);
      pass(Duration.ofMillis(99));
      peer.sendText("a");
      assertThat(takeHandled()).containsExactly(tenBytes);
      pass(Duration.ofMillis(1));
      peer.sendText("a");
      assertThat(takeHandled()).containsExactly("a");
    }
  }

  @Test
  void a_message_larger_than_the_burst_passes_after_a_pause_and_is_paid_for() {
    try (TestPeer peer = open(RateLimit.builder().bytes(100, 100).excess(Excess.DROP))) {
      peer.sendBytes(ClientFrames.binary(new byte[1000]));
      pass(Duration.ofSeconds(9));
      peer.sendBytes(ClientFrames.binary(new byte[1]));
      assertThat(takeHandled()).containsExactly("binary of 1000");
      pass(Duration.ofSeconds(1));
      peer.sendBytes(ClientFrames.binary(new byte[1]));
      assertThat(takeHandled()).containsExactly("binary of 1");
    }
  }

  @Test
  void what_is_dropped_costs_nothing() {
    try (TestPeer peer = open(RateLimit.builder().messages(1, 1).bytes(5, 5).excess(Excess.DROP))) {
      peer.sendText("abcde");
      peer.sendText("abcde");
      pass(Duration.ofSeconds(1));
      peer.sendText("fghij");
      assertThat(takeHandled()).containsExactly("abcde", "fghij");
    }
  }

  @Test
  void a_message_in_parts_is_handled_whole_or_not_at_all() {
    RateLimit.Builder limit = RateLimit.builder().bytes(4, 4).excess(Excess.DROP);
    try (TestPeer peer = open(limit, new NotingParts())) {
      peer.sendBytes(frame(Opcode.TEXT, false, "abc".getBytes(UTF_8)));
      peer.sendBytes(frame(Opcode.CONTINUATION, true, "defgh".getBytes(UTF_8)));
      assertThat(String.join("", takeHandled())).isEqualTo("abc...defgh");
      peer.sendBytes(frame(Opcode.TEXT, false, "x".getBytes(UTF_8)));
      pass(Duration.ofHours(1));
      peer.sendBytes(frame(Opcode.CONTINUATION, true, "y".getBytes(UTF_8)));
      assertThat(takeHandled()).isEmpty();
      peer.sendBytes(frame(Opcode.BINARY, true, new byte[2]));
      assertThat(takeHandled()).containsExactly("binary of 2");
    }
  }

  @Test
  void one_connection_s_excess_is_not_another_s() {
    RateLimit.Builder limit = RateLimit.builder().messages(1, 1).excess(Excess.DROP);
    try (TestPeer greedy = open(limit);
        TestPeer modest = open(limit)) {
      greedy.sendBytes(text("a"), text("b"));
      modest.sendText("c");
      assertThat(takeHandled()).containsExactly("a", "c");
    }
  }

  @Test
  void a_rate_below_one_is_a_mistake() {
    assertThatThrownBy(() -> RateLimit.builder().messages(0, 1))
        .hasMessage("a rate of 0 in a second and 1 at once: both from 1");
  }
}
