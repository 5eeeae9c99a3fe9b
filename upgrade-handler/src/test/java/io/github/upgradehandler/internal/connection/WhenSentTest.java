package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link WebSocket#whenSent}. */
class WhenSentTest {

  private final RecordingHandler handler = new RecordingHandler();
  private final Wire wire = Wire.open(handler);
  private final Connection socket = wire.socket;

  private CompletableFuture<Void> whenSent() {
    return socket.whenSent().toCompletableFuture();
  }

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void completes_at_once_when_nothing_waits() {
    assertThat(whenSent()).isCompleted();
    socket.sendText("x");
    assertThat(whenSent()).isCompleted();
  }

  @Test
  void completes_when_the_transport_has_taken_everything_accepted_before() {
    wire.stall();
    socket.sendText("a");
    socket.sendText("b");
    CompletableFuture<Void> first = whenSent();
    socket.sendText("c".repeat(100_000));
    CompletableFuture<Void> second = whenSent();
    assertThat(first).isNotDone();
    wire.readOneWrite();
    wire.readOneWrite();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    wire.unstall();
    assertThat(second).isCompleted();
  }

  @Test
  void flushes_what_the_handler_sent() {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    RecordingHandler waiting =
        new RecordingHandler() {
          @Override
          void text(WebSocket told, String text) {
            told.sendText("reply");
            stages.add(told.whenSent().toCompletableFuture());
            note("done " + stages.get(0).isDone());
          }
        };
    try (Wire mine = Wire.open(waiting)) {
      mine.receiveText("go");
      assertThat(waiting.takeEvents()).endsWith("done true");
    }
  }

  @Test
  void waits_for_messages_that_are_held_behind_a_fragmented_one() {
    socket.sendText("begin", false);
    socket.sendBinary(new byte[1]);
    CompletableFuture<Void> stage = whenSent();
    assertThat(stage).isNotDone();
    socket.sendText("end", true);
    assertThat(stage).isCompleted();
  }

  @Test
  void fails_when_the_connection_ends_before() {
    wire.stall();
    socket.sendText("a");
    CompletableFuture<Void> stage = whenSent();
    wire.reset();
    assertThat(stage)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IOException.class);
    assertThat(whenSent()).isCompletedExceptionally();
  }

  @Test
  void covers_the_close_frame_too() {
    wire.stall();
    socket.sendText("a");
    socket.close(CloseStatus.NORMAL);
    CompletableFuture<Void> stage = whenSent();
    wire.readOneWrite();
    assertThat(stage).isNotDone();
    wire.unstall();
    assertThat(stage).isCompleted();
  }

  @Test
  void what_depends_on_it_may_send_and_close() {
    wire.stall();
    socket.sendText("a");
    var unused =
        socket
            .whenSent()
            .thenRun(
                () -> {
                  socket.sendText("b");
                  socket.close();
                });
    wire.unstall();
    assertThat(wire.sent()).containsExactly("text a", "text b", "close 1000");
  }
}
