package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R10: a method of the handler throws. */
class HandlerFailureTest {

  static final List<Supplier<Throwable>> THROWN =
      List.of(
          () -> new IllegalStateException("secret"),
          () -> new AssertionError("secret"),
          () -> new StackOverflowError("secret"),
          () -> new NoClassDefFoundError("secret"));

  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void the_detail_is_in_the_log() {
    assertThat(log.messages())
        .anyMatch(
            message ->
                message.matches(
                    "WebSocket: connection [0-9a-z]+ for / from localhost: the handler failed"
                        + "(, closing with 1011| at the end): .+"));
    log.close();
  }

  private static void raise(Supplier<Throwable> thrown) {
    Throwable cause = thrown.get();
    if (cause instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) cause;
  }

  @ParameterizedTest
  @FieldSource("THROWN")
  void R10_the_peer_gets_1011_and_no_detail_and_the_handler_is_told(Supplier<Throwable> thrown) {
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            raise(thrown);
          }
        };
    try (Wire wire = Wire.open(handler)) {
      wire.receive(text("a"), text("b"), ping("p"));
      assertThat(wire.sent()).containsExactly("close 1011 internal error");
      wire.receive(text("c"), close(1011, ""));
      assertThat(handler.takeEvents())
          .containsExactly("open", "text a", "error secret", "close 1011 by LOCAL clean");
      assertThat(wire.transport.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "binary", "ping", "pong", "drain"})
  void R10_whichever_method_it_is(String method) {
    RecordingHandler handler = new FailingIn(method);
    try (Wire wire = Wire.open(handler)) {
      wire.stall();
      wire.socket.sendText("x".repeat(100_000));
      wire.unstall();
      wire.receive(ping("p"), pong(new byte[1]));
      wire.receiveHex("8280 00000000");
      assertThat(wire.sent()).endsWith("close 1011 internal error");
      wire.receive(close(1011, ""));
      assertThat(handler.takeEvents())
          .endsWith("error as the test wants", "close 1011 by LOCAL clean");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "close"})
  void R10_failing_at_the_end_changes_nothing(String method) {
    RecordingHandler handler = new FailingIn(method);
    try (Wire wire = Wire.open(handler)) {
      wire.reset();
      assertThat(handler.takeEvents())
          .containsExactly("open", "error Connection reset", "close 1006 by TRANSPORT");
      assertThat(wire.group.connections()).isEmpty();
      wire.group.drain();
    }
  }

  @Test
  void R10_the_others_live() {
    RecordingHandler fine = new RecordingHandler();
    try (Wire wire = Wire.open(new FailingIn("open"))) {
      Connection other = Wire.connect(wire.group, new MemoryTransport(), fine);
      other.onStarted();
      other.onWritable();
      assertThat(other.isOpen()).isTrue();
      assertThat(wire.socket.isOpen()).isFalse();
    }
  }

  @Test
  void R10_the_first_failure_is_the_one_that_is_told() {
    RecordingHandler handler =
        new RecordingHandler() {
          private int count;

          @Override
          void text(WebSocket socket, String text) {
            throw new IllegalStateException("failure " + ++count);
          }
        };
    try (Wire wire = Wire.open(handler)) {
      wire.receive(text("a"), text("b"));
      wire.reset();
      assertThat(handler.takeEvents())
          .containsExactly("open", "text a", "error failure 1", "close 1006 by LOCAL");
    }
  }

  /** Fails in one of its methods. */
  private static final class FailingIn extends RecordingHandler {
    private final String method;

    FailingIn(String method) {
      this.method = method;
    }

    private void failIf(String called) {
      if (method.equals(called)) {
        throw new IllegalStateException("as the test wants");
      }
    }

    @Override
    void opened(WebSocket socket) {
      failIf("open");
    }

    @Override
    void binary(WebSocket socket, ByteBuffer payload) {
      failIf("binary");
    }

    @Override
    void ping(WebSocket socket) {
      failIf("ping");
    }

    @Override
    void pong(WebSocket socket) {
      failIf("pong");
    }

    @Override
    void drain(WebSocket socket) {
      failIf("drain");
    }

    @Override
    void error(WebSocket socket, Throwable error) {
      failIf("error");
    }

    @Override
    void closed(WebSocket socket, CloseEvent event) {
      failIf("close");
    }
  }
}
