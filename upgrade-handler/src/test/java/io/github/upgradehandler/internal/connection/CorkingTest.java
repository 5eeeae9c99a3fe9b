package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent while one read is handled goes out with one write and one flush. */
class CorkingTest {

  private final Wire other = Wire.open(new RecordingHandler());
  private final Wire wire =
      Wire.open(
          new RecordingHandler() {
            @Override
            void text(WebSocket socket, String text) {
              answer(socket, text);
            }
          });

  private final List<Wire> others =
      List.of(Wire.open(new RecordingHandler()), Wire.open(new RecordingHandler()), other);
  private final List<String> early = new ArrayList<>();

  private void answer(WebSocket socket, String text) {
    switch (text) {
      case "flush" -> {
        socket.sendText("early");
        socket.flush();
        early.addAll(wire.sent());
      }
      case "much" -> socket.sendText("x".repeat(70_000));
      case "other" -> {
        other.socket.sendText("1");
        other.socket.sendText("2");
      }
      case "all" -> {
        socket.sendText("all");
        others.forEach(one -> one.socket.sendText("all"));
      }
      case "fail" -> {
        socket.sendText("last");
        throw new IllegalStateException("as the test wants");
      }
      default -> socket.sendText(text);
    }
  }

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
    others.forEach(Wire::close);
  }

  @Test
  void all_replies_to_one_read_go_out_with_one_write_and_one_flush() {
    wire.receive(text("a"), text("b"), ping("p"), text("c"));
    assertThat(wire.transport.takeCalls()).containsExactly("write 12", "flush");
    assertThat(wire.sent()).containsExactly("text a", "text b", "pong p", "text c");
  }

  @Test
  void replies_to_two_reads_go_out_with_two_writes() {
    wire.transport.arrive(text("a"));
    wire.receive(text("b"));
    assertThat(wire.transport.takeCalls()).containsExactly("write 3", "flush", "write 3", "flush");
  }

  @Test
  void another_connection_gets_all_that_it_is_sent_with_one_write() {
    wire.receive(text("other"), text("other"));
    assertThat(other.transport.takeCalls()).containsExactly("write 12", "flush");
    assertThat(other.sent()).containsExactly("text 1", "text 2", "text 1", "text 2");
    assertThat(wire.transport.takeCalls()).isEmpty();
  }

  @Test
  void what_one_other_thread_is_to_write_is_handed_over_at_once() {
    List<Runnable> tasks = new ArrayList<>();
    Executor thread = tasks::add;
    others.forEach(one -> one.transport.writeElsewhere(thread));
    wire.receive(text("all"), text("all"));
    assertThat(wire.sent()).containsExactly("text all", "text all");
    assertThat(tasks).hasSize(1);
    assertThat(others).allSatisfy(one -> assertThat(one.transport.takeCalls()).isEmpty());
    tasks.get(0).run();
    assertThat(others)
        .allSatisfy(
            one -> assertThat(one.transport.takeCalls()).containsExactly("write 10", "flush"));
  }

  @Test
  void what_the_other_thread_no_longer_takes_is_not_forgotten() {
    Executor stopping =
        task -> {
          throw new RejectedExecutionException("as the test wants");
        };
    others.forEach(one -> one.transport.writeElsewhere(stopping));
    wire.receive(text("all"));
    assertThat(others).allSatisfy(one -> assertThat(one.sent()).containsExactly("text all"));
  }

  @Test
  void what_a_thread_holds_back_that_handles_no_event_goes_out_with_one_write_for_each() {
    Cork.Hold held = Cork.hold();
    Cork.Hold inner = Cork.hold();
    for (Wire one : others) {
      one.socket.sendText("a");
      one.socket.sendText("b");
    }
    inner.end();
    assertThat(others).allSatisfy(one -> assertThat(one.transport.takeCalls()).isEmpty());
    held.end();
    assertThat(others)
        .allSatisfy(
            one -> assertThat(one.transport.takeCalls()).containsExactly("write 6", "flush"));
    other.socket.sendText("c");
    assertThat(other.transport.takeCalls()).containsExactly("write 3", "flush");
  }

  @Test
  void what_it_holds_back_for_one_other_thread_is_one_task_too() {
    List<Runnable> tasks = new ArrayList<>();
    Executor thread = tasks::add;
    others.forEach(one -> one.transport.writeElsewhere(thread));
    Cork.Hold held = Cork.hold();
    others.forEach(one -> one.socket.sendText("all"));
    held.end();
    assertThat(tasks).hasSize(1);
    tasks.get(0).run();
    assertThat(others).allSatisfy(one -> assertThat(one.sent()).containsExactly("text all"));
  }

  @Test
  void a_handler_may_flush_before_it_returns() {
    wire.receive(text("flush"), text("b"));
    assertThat(wire.transport.takeCalls()).containsExactly("write 7", "flush", "write 3", "flush");
    assertThat(early).containsExactly("text early");
    assertThat(wire.sent()).containsExactly("text b");
  }

  @Test
  void more_than_one_write_takes_is_not_held_back() {
    wire.receive(text("much"), text("a"));
    assertThat(wire.transport.takeCalls()).startsWith("write 65600", "write 4410", "flush");
  }

  @Test
  void what_was_sent_before_a_handler_failed_is_written_before_the_close_frame() {
    try (var unused = new CapturedLog()) {
      wire.receive(text("a"), text("fail"), text("c"));
    }
    assertThat(wire.sent()).containsExactly("text a", "text last", "close 1011 internal error");
    assertThat(wire.transport.takeCalls()).hasSize(2);
  }

  @Test
  void another_thread_s_message_does_not_wait_for_the_handler() throws InterruptedException {
    RecordingHandler busy =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            socket.sendText("mine");
            Thread thread = new Thread(() -> socket.sendText("theirs"));
            thread.start();
            try {
              thread.join();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            note("sent " + ((Connection) socket).bufferedBytes());
          }
        };
    try (Wire mine = Wire.open(busy)) {
      mine.receiveText("go");
      assertThat(mine.sent()).containsExactly("text mine", "text theirs");
      assertThat(busy.takeEvents()).endsWith("sent 0");
    }
  }
}
