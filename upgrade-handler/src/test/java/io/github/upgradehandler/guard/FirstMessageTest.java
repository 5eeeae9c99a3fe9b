package io.github.upgradehandler.guard;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.connection.Wire;
import io.github.upgradehandler.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Signing in with the first message. */
class FirstMessageTest {

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

  private Wire open() {
    return open(new Telling());
  }

  private Wire open(WebSocketHandler handler) {
    return Wire.open(guard.admit(new Handshake.Builder("/").build()).around(handler));
  }

  private void pass(Duration time) {
    guard.checkDeadlines(clock.addAndGet(time.toNanos()));
  }

  @Test
  void the_handler_s_connection_opens_when_the_client_has_signed_in() {
    try (Wire wire = open()) {
      assertThat(told).isEmpty();
      wire.receive(ping("x"), text("token of ann"), text("hello"), binary(new byte[1]), ping("y"));
      assertThat(told).containsExactly("open for ann", "text hello", "binary", "ping");
      assertThat(wire.sent()).containsExactly("pong x", "text welcome", "pong y");
      pass(Duration.ofHours(1));
      assertThat(wire.socket.isOpen()).isTrue();
      wire.receive(ClientFrames.close(1000, ""));
      assertThat(told).last().isEqualTo("close 1000");
    }
  }

  @Test
  void a_wrong_token_closes_with_1008_and_the_handler_hears_nothing() {
    try (Wire wire = open()) {
      wire.receive(text("token of bob"), text("token of ann"), text("hello"));
      assertThat(wire.sent()).containsExactly("close 1008 sign-in refused");
      wire.receive(ClientFrames.close(1008, ""));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void a_binary_message_is_no_sign_in() {
    try (Wire wire = open()) {
      wire.receive(binary("token of ann".getBytes(UTF_8)), text("token of ann"));
      assertThat(wire.sent()).containsExactly("close 1008 sign in with a text first");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void who_says_nothing_is_closed_with_1008_when_the_deadline_passes() {
    try (Wire wire = open()) {
      pass(Duration.ofMillis(4999));
      assertThat(wire.socket.isOpen()).isTrue();
      pass(Duration.ofMillis(1));
      assertThat(wire.sent()).containsExactly("close 1008 sign-in took too long");
      wire.receiveText("token of ann");
      assertThat(told).isEmpty();
    }
  }

  /** In the life of a server, its own sweep looks at the guard's deadlines. */
  @Test
  void the_endpoint_looks_at_the_deadline() {
    long longAgo = Long.MAX_VALUE - Duration.ofDays(1).toNanos();
    FirstMessage impatient =
        new FirstMessage(TokenVerifier.fixed(Map.of()), Duration.ofNanos(1), () -> longAgo);
    WebSocketHandler handler =
        impatient.admit(new Handshake.Builder("/").build()).around(new Telling());
    try (Wire wire = Wire.open(handler, Wire.config().guards(impatient))) {
      wire.pass(Duration.ofMillis(250));
      assertThat(wire.sent()).containsExactly("close 1008 sign-in took too long");
    }
  }

  @Test
  void who_leaves_without_signing_in_is_forgotten() {
    try (Wire gone = open();
        Wire silent = open()) {
      gone.reset();
      assertThat(told).isEmpty();
      pass(Duration.ZERO);
      assertThat(guard.visitors()).isEqualTo(1);
      pass(Duration.ofSeconds(5));
      assertThat(guard.visitors()).isZero();
      assertThat(silent.sent()).hasSize(1);
    }
  }

  @Test
  void a_first_message_that_is_too_long_is_nobody_s() {
    try (Wire wire = open()) {
      wire.receiveText("x".repeat(8193));
      assertThat(wire.sent()).containsExactly("close 1008 sign-in message too long");
    }
  }

  @Test
  void the_first_message_is_taken_whole_where_others_are_taken_in_parts() {
    try (Wire wire = open(new TellingParts())) {
      wire.receive(frame(Opcode.TEXT, false, "token ".getBytes(UTF_8)));
      wire.receive(frame(Opcode.CONTINUATION, true, "of ann".getBytes(UTF_8)));
      wire.receive(text("hello"), binary(new byte[1]));
      assertThat(told).containsExactly("open for ann", "part hello", "binary part");
    }
  }

  @Test
  void a_deadline_of_nothing_is_a_mistake() {
    assertThatThrownBy(() -> new FirstMessage(token -> null, Duration.ZERO))
        .hasMessage("the time for signing in must be above zero: PT0S");
  }
}
