package io.github.upgradehandler.guard;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testkit.TestPeer;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Signing in with the first message. */
class FirstMessageTest {

  private static final Duration STEP = Duration.ofSeconds(1);

  private final Principal ann = () -> "ann";
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final FirstMessage guard =
      new FirstMessage(
          TokenVerifier.fixed(Map.of("token of ann", ann)), Duration.ofSeconds(5), clock::get);
  private final List<String> told = new ArrayList<>();

  private class Telling implements WebSocketHandler {
    @Override
    public void onOpen(WebSocket socket) {
      told.add("open for " + socket.principal().map(Principal::getName).orElse("nobody"));
      socket.sendText("welcome");
    }

    @Override
    public void onText(WebSocket socket, String text) {
      told.add("text " + text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      told.add("binary");
    }

    @Override
    public void onPing(WebSocket socket, ByteBuffer payload) {
      told.add("ping");
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      told.add("error");
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      told.add("close " + event.code());
    }
  }

  private final class TellingParts extends Telling implements PartialHandler {
    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      told.add("part " + part);
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      told.add("binary part");
    }
  }

  private TestPeer open() {
    return open(new Telling());
  }

  private TestPeer open(WebSocketHandler handler) {
    return TestPeer.connect(guard.admit(new Handshake.Builder("/").build()).around(handler));
  }

  private void checkDeadlines(long now) {
    guard.admit(new Handshake.Builder("/").build()).deadlines().forEach(each -> each.check(now));
  }

  /** Time passes, with a look at the deadlines each second at most. */
  private void pass(Duration time) {
    Duration left = time;
    do {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      checkDeadlines(clock.addAndGet(step.toNanos()));
      left = left.minus(step);
    } while (!left.isZero());
  }

  @Test
  void who_is_gone_is_forgotten_at_once_while_another_is_waited_for() {
    try (TestPeer silent = open()) {
      for (int i = 0; i < 100; i++) {
        try (TestPeer reset = open();
            TestPeer signedIn = open();
            TestPeer refused = open()) {
          assertThat(guard.visitors()).isEqualTo(4);
          signedIn.sendText("token of ann");
          assertThat(guard.visitors()).isEqualTo(3);
          refused.sendText("token of bob");
          assertThat(guard.visitors()).isEqualTo(2);
          reset.reset();
          assertThat(guard.visitors()).isEqualTo(1);
        }
      }
      pass(Duration.ofSeconds(5));
      assertThat(silent.receivedSoFar()).containsExactly("close 1008 sign-in took too long");
      assertThat(guard.visitors()).isZero();
    }
  }

  /** What a client has sent meanwhile is read before its time is over. */
  @Test
  void time_in_which_the_process_stood_still_does_not_count() {
    try (TestPeer before = open()) {
      pass(Duration.ofMillis(4900));
      clock.addAndGet(Duration.ofSeconds(32).toNanos());
      try (TestPeer meanwhile = open()) {
        pass(Duration.ofSeconds(1));
        before.sendText("token of ann");
        assertThat(before.receivedSoFar()).containsExactly("text welcome");
        pass(Duration.ofMillis(3900));
        assertThat(meanwhile.socket().isOpen()).isTrue();
        pass(Duration.ofMillis(1100));
        assertThat(meanwhile.receivedSoFar()).containsExactly("close 1008 sign-in took too long");
        assertThat(guard.visitors()).isZero();
      }
    }
  }

  @Test
  void one_that_cannot_be_closed_keeps_nobody_else_open_and_is_tried_again() {
    try (TestPeer peer = open()) {
      WebSocket broken = failing(new AtomicInteger(2));
      guard.admit(new Handshake.Builder("/").build()).around(new Telling()).onOpen(broken);
      clock.addAndGet(Duration.ofSeconds(5).toNanos());
      for (int look = 0; look < 2; look++) {
        assertThatThrownBy(() -> checkDeadlines(clock.get()))
            .hasMessage("an overdue connection could not be closed");
      }
      assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign-in took too long");
      checkDeadlines(clock.get());
      assertThat(guard.visitors()).isZero();
    }
  }

  /** A connection that fails to close so many times. */
  private static WebSocket failing(AtomicInteger failures) {
    return (WebSocket)
        Proxy.newProxyInstance(
            WebSocket.class.getClassLoader(),
            new Class<?>[] {WebSocket.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("whenClosed")) {
                return new CompletableFuture<>();
              }
              if (method.getName().equals("hashCode")) {
                return 0;
              }
              if (method.getName().equals("close") && failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("as the test wants");
              }
              return null;
            });
  }

  @Test
  void the_handler_s_connection_opens_when_the_client_has_signed_in() {
    try (TestPeer peer = open()) {
      assertThat(told).isEmpty();
      peer.sendBytes(
          ping("x"), text("token of ann"), text("hello"), binary(new byte[1]), ping("y"));
      assertThat(told).containsExactly("open for ann", "text hello", "binary", "ping");
      assertThat(peer.receivedSoFar()).containsExactly("pong x", "text welcome", "pong y");
      pass(Duration.ofHours(1));
      assertThat(peer.socket().isOpen()).isTrue();
      peer.sendBytes(ClientFrames.close(1000, ""));
      assertThat(told).last().isEqualTo("close 1000");
    }
  }

  @Test
  void a_wrong_token_closes_with_1008_and_the_handler_hears_nothing() {
    try (TestPeer peer = open()) {
      peer.sendBytes(text("token of bob"), text("token of ann"), text("hello"));
      assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign-in refused");
      peer.sendBytes(ClientFrames.close(1008, ""));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void a_binary_message_is_no_sign_in() {
    try (TestPeer peer = open()) {
      peer.sendBytes(binary("token of ann".getBytes(UTF_8)), text("token of ann"));
      assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign in with a text first");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void who_says_nothing_is_closed_with_1008_when_the_deadline_passes() {
    try (TestPeer peer = open()) {
      pass(Duration.ofMillis(4999));
      assertThat(peer.socket().isOpen()).isTrue();
      pass(Duration.ofMillis(1));
      assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign-in took too long");
      peer.sendText("token of ann");
      assertThat(told).isEmpty();
    }
  }

  /** In the life of a server, its own sweep looks at the guard's deadlines. */
  @Test
  void the_endpoint_looks_at_the_deadline() {
    long longAgo = System.nanoTime() - Duration.ofDays(1).toNanos();
    FirstMessage impatient =
        new FirstMessage(TokenVerifier.fixed(Map.of()), Duration.ofNanos(1), () -> longAgo);
    Guard wrapped = handshake -> impatient.admit(handshake).withRelease(() -> told.add("released"));
    for (Guard inService : List.of(impatient, wrapped)) {
      try (TestPeer peer =
          TestPeer.builder(new Telling())
              .config(WebSocketConfig.builder().guards(inService).build())
              .connect()) {
        peer.advance(Duration.ofMillis(250));
        assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign-in took too long");
        peer.sendClose(1008, "");
      }
    }
    assertThat(told).containsExactly("released");
  }

  @Test
  void who_leaves_without_signing_in_is_forgotten() {
    try (TestPeer gone = open();
        TestPeer silent = open()) {
      gone.reset();
      assertThat(told).isEmpty();
      pass(Duration.ZERO);
      assertThat(guard.visitors()).isEqualTo(1);
      pass(Duration.ofSeconds(5));
      assertThat(guard.visitors()).isZero();
      assertThat(silent.receivedSoFar()).hasSize(1);
    }
  }

  @Test
  void a_first_message_that_is_too_long_is_nobody_s() {
    try (TestPeer peer = open()) {
      peer.sendText("x".repeat(8193));
      assertThat(peer.receivedSoFar()).containsExactly("close 1008 sign-in message too long");
    }
  }

  @Test
  void the_first_message_is_taken_whole_where_others_are_taken_in_parts() {
    try (TestPeer peer = open(new TellingParts())) {
      peer.sendBytes(frame(Opcode.TEXT, false, "token ".getBytes(UTF_8)));
      peer.sendBytes(frame(Opcode.CONTINUATION, true, "of ann".getBytes(UTF_8)));
      peer.sendBytes(text("hello"), binary(new byte[1]));
      assertThat(told).containsExactly("open for ann", "part hello", "binary part");
    }
  }

  @Test
  void a_deadline_of_nothing_is_a_mistake() {
    assertThatThrownBy(() -> new FirstMessage(token -> null, Duration.ZERO))
        .hasMessage("the time for signing in must be above zero: PT0S");
  }
}
