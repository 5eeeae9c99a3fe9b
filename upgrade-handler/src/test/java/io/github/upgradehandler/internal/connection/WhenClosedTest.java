package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.ClientFrames;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@link WebSocket#whenClosed}. */
class WhenClosedTest {

  private final RecordingHandler handler = new RecordingHandler();

  @Test
  void completes_just_before_the_handler_is_told() {
    try (Wire wire = Wire.open(handler)) {
      wire.socket.whenClosed().thenAccept(event -> handler.note("closed " + event.code()));
      wire.receive(ClientFrames.close(1000, ""));
      assertThat(handler.takeEvents())
          .containsExactly("open", "closed 1000", "close 1000 by REMOTE clean");
    }
  }

  @Test
  void waits_for_the_end_and_not_for_the_first_close_frame() {
    try (Wire wire = Wire.open(handler)) {
      CompletableFuture<CloseEvent> closed = wire.socket.whenClosed().toCompletableFuture();
      wire.socket.close();
      assertThat(closed).isNotDone();
      wire.reset();
      assertThat(closed).isCompletedWithValueMatching(event -> event.code() == 1006);
    }
  }

  @Test
  void completes_at_once_behind_the_end() {
    try (Wire wire = Wire.open(handler)) {
      wire.socket.abort();
      assertThat(wire.socket.whenClosed().toCompletableFuture()).isCompleted();
    }
  }

  @Test
  void completes_also_for_a_connection_that_never_opened() {
    try (Wire wire = Wire.unopened(handler, Wire.config())) {
      CompletableFuture<CloseEvent> closed = wire.socket.whenClosed().toCompletableFuture();
      wire.socket.abort();
      assertThat(closed).isCompleted();
      assertThat(handler.takeEvents()).isEmpty();
    }
  }

  @Test
  void what_depends_on_it_cannot_keep_the_handler_from_being_told() {
    try (Wire wire = Wire.open(handler)) {
      wire.socket
          .whenClosed()
          .thenRun(
              () -> {
                throw new IllegalStateException("as the test wants");
              });
      wire.socket.abort();
      assertThat(handler.takeEvents()).last().isEqualTo("close 1006 by TRANSPORT");
    }
  }

  @Test
  void nobody_can_complete_it_for_others() {
    try (Wire wire = Wire.open(handler)) {
      wire.socket.whenClosed().toCompletableFuture().cancel(false);
      assertThat(wire.socket.whenClosed().toCompletableFuture()).isNotDone();
    }
  }
}
