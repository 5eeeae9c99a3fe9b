package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R6: the transport ends, in whatever state and in whatever way. */
class ConnectionLossTest {

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  static Stream<Arguments> statesAndEnds() {
    return Stream.of(
            before("OPEN", w -> {}, "close 1006 by TRANSPORT"),
            before("OPEN in a header", w -> w.receiveHex("81"), "close 1006 by TRANSPORT"),
            before("OPEN in a mask", w -> w.receiveHex("8185 0000"), "close 1006 by TRANSPORT"),
            before(
                "OPEN in a payload",
                w -> w.receiveHex("8185 00000000 61"),
                "close 1006 by TRANSPORT"),
            before(
                "OPEN in a message",
                w -> w.receiveHex("0181 00000000 61"),
                "close 1006 by TRANSPORT"),
            before(
                "OPEN, sending", ConnectionLossTest::stallWithMessages, "close 1006 by TRANSPORT"),
            before("CLOSE_SENT", w -> w.socket.close(), "close 1006 by LOCAL"),
            before(
                "CLOSE_SENT, not taken", ConnectionLossTest::stallAndClose, "close 1006 by LOCAL"),
            before(
                "CLOSED, answer not taken",
                ConnectionLossTest::stallAndAnswer,
                "close 1000 by REMOTE clean"))
        .flatMap(
            state ->
                Stream.<Arguments>of(
                    end(state, "RST", Wire::reset),
                    end(state, "FIN", ConnectionLossTest::finish),
                    end(state, "read fails", ConnectionLossTest::failRead),
                    end(state, "write fails", ConnectionLossTest::failWrite),
                    end(state, "abort", w -> w.socket.abort())));
  }

  private static Arguments before(String state, Consumer<Wire> steps, String expected) {
    return Arguments.of(state, steps, expected);
  }

  private static Arguments end(Arguments state, String how, Consumer<Wire> end) {
    return Arguments.of(state.get()[0] + ", " + how, state.get()[1], end, state.get()[2]);
  }

  private static void stallWithMessages(Wire wire) {
    wire.stall();
    wire.socket.sendText("taken");
    wire.socket.sendText("x".repeat(1000));
  }

  private static void stallAndClose(Wire wire) {
    wire.transport.takeWrites(0);
    wire.socket.close();
  }

  private static void stallAndAnswer(Wire wire) {
    wire.transport.takeWrites(0);
    wire.receive(close(1000, ""));
  }

  private static void finish(Wire wire) {
    wire.receiveEnd();
    wire.socket.onEnd(null);
    wire.socket.onEnd(null);
    wire.unstall(); // of a peer that has ended its half the other is still there
  }

  private static void failRead(Wire wire) {
    IOException failure = new IOException("cannot read");
    wire.transport.failReads(failure);
    wire.socket.onReadable();
    wire.socket.onEnd(failure);
  }

  private static void failWrite(Wire wire) {
    IOException failure = new IOException("cannot write");
    wire.transport.failWrites(failure);
    wire.transport.takeAllWrites();
    wire.socket.onWritable();
    wire.socket.sendText("x");
    wire.socket.onEnd(failure);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statesAndEnds")
  void R6_on_close_comes_exactly_once(
      String name, Consumer<Wire> state, Consumer<Wire> end, String expected) {
    state.accept(wire);
    end.accept(wire);
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(wire.socket.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(wire.socket.bufferedBytes()).isZero();
    assertThat(wire.group.connections()).isEmpty();
    wire.pass(Duration.ofMinutes(5));
    List<String> events = handler.takeEvents();
    assertThat(events).endsWith(expected);
    assertThat(events.stream().filter(event -> event.startsWith("close"))).hasSize(1);
    assertThat(events.stream().filter(event -> event.startsWith("error"))).hasSizeLessThan(2);
  }

  @Test
  void R6_the_end_of_the_stream_behind_messages_comes_behind_them() {
    wire.transport.arrive(text("a"));
    wire.transport.arrive(text("b"));
    wire.receiveEnd();
    assertThat(handler.takeEvents())
        .containsExactly("open", "text a", "text b", "close 1006 by TRANSPORT");
  }

  @Test
  void R6_an_error_thrown_by_the_container_while_reading_ends_the_connection() {
    wire.transport.breakWith(new InternalError("no memory"));
    wire.socket.onReadable();
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly("open", "error no memory", "close 1006 by TRANSPORT");
  }

  @Test
  void R6_an_error_thrown_by_the_container_while_writing_ends_the_connection() {
    wire.transport.breakWith(new InternalError("no memory"));
    wire.socket.sendText("a");
    assertThat(wire.transport.isClosed()).isTrue();
    assertThat(handler.takeEvents())
        .containsExactly("open", "error no memory", "close 1006 by TRANSPORT");
  }

  @Test
  void R6_an_end_before_the_start_tells_the_handler_nothing() {
    RecordingHandler late = new RecordingHandler();
    try (Wire unopened = Wire.unopened(late, Wire.config())) {
      unopened.socket.onEnd(null);
      unopened.socket.onStarted();
      unopened.socket.onWritable();
      unopened.receiveText("a");
      assertThat(late.takeEvents()).isEmpty();
      assertThat(unopened.transport.isClosed()).isTrue();
      unopened.group.drain();
    }
  }

  /** Everything that can end a connection, at the same time, again and again. */
  @Test
  void R6_R7_on_close_comes_once_and_last_however_many_threads_end_it() throws Exception {
    for (int round = 0; round < 500; round++) {
      RecordingHandler once = new RecordingHandler();
      try (Wire raced = Wire.open(once, WebSocketConfig.builder().outboundWatermarkBytes(10))) {
        raced.stall();
        WebSocket socket = raced.socket;
        List<Runnable> contenders =
            List.of(
                () -> raced.socket.onEnd(null),
                () -> raced.socket.onEnd(new IOException("reset")),
                socket::abort,
                () -> {
                  socket.sendText("some more than ten bytes");
                  socket.sendText("some more than ten bytes");
                  socket.close();
                  raced.unstall();
                },
                () -> raced.receive(text("a"), close(1000, "")));
        CyclicBarrier together = new CyclicBarrier(contenders.size());
        List<Thread> threads = new ArrayList<>();
        for (Runnable contender : contenders) {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      together.await();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                    contender.run();
                  });
          thread.start();
          threads.add(thread);
        }
        for (Thread thread : threads) {
          thread.join();
        }
        Await.until("onClose", () -> once.events().stream().anyMatch(e -> e.startsWith("close")));
        // The workers that are left have nothing to tell.
        raced.group.drain();
        List<String> events = once.takeEvents();
        assertThat(events.get(events.size() - 1)).startsWith("close");
        assertThat(events).doesNotHaveDuplicates().doesNotContain("TWO AT A TIME");
        assertThat(raced.transport.isClosed()).isTrue();
      }
    }
  }
}
