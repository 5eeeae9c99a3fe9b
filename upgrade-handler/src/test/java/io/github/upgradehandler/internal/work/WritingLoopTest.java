package io.github.upgradehandler.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class WritingLoopTest {

  private final Recorded output = new Recorded();
  private final WritingTurn turn = new WritingTurn();
  private final WritingLoop loop = new WritingLoop(turn, output, false);

  @Test
  void nothing_is_written_before_the_output_says_that_it_can_take_any() {
    output.waiting.add("a");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).isEmpty();
    loop.onWritable();
    assertThat(output.takeCalls()).containsExactly("write a", "flush", "stopped CONTAINER");
  }

  @Test
  void what_owes_a_flush_is_flushed_first() {
    WritingLoop owing = new WritingLoop(turn, output, true);
    owing.onWritable();
    assertThat(output.takeCalls()).containsExactly("flush", "stopped CONTAINER");
  }

  @Test
  void all_that_waits_is_written_and_flushed_once() {
    open();
    output.waiting.addAll(List.of("a", "b", "c"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls())
        .containsExactly("write a", "write b", "write c", "flush", "stopped OTHER_THREAD");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).isEmpty();
  }

  @Test
  void an_output_that_takes_no_more_is_written_to_when_it_can() {
    open();
    output.waiting.addAll(List.of("a", "b"));
    output.taken = 1;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).containsExactly("write a", "stopped OTHER_THREAD");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).isEmpty();
    output.taken = Integer.MAX_VALUE;
    loop.onWritable();
    assertThat(output.takeCalls()).containsExactly("write b", "flush", "stopped CONTAINER");
  }

  @Test
  void an_output_that_says_so_meanwhile_is_looked_at_again() {
    open();
    output.waiting.addAll(List.of("a", "b"));
    output.taken = 1;
    output.whileLooking =
        () -> {
          output.taken = Integer.MAX_VALUE;
          loop.onWritable();
        };
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls())
        .containsExactly("write a", "write b", "flush", "stopped OTHER_THREAD");
  }

  @Test
  void what_is_finished_is_told_when_everything_is_written() {
    open();
    output.waiting.add("a");
    output.finished = true;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).containsExactly("write a", "flush", "finished OTHER_THREAD");
  }

  @Test
  void what_is_finished_and_has_nothing_to_write_is_told_too() {
    open();
    output.finished = true;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).containsExactly("finished OTHER_THREAD");
  }

  @Test
  void what_ends_while_it_is_written_to_is_closed_by_the_thread_that_writes() {
    open();
    output.waiting.addAll(List.of("a", "b"));
    output.whileWriting = () -> assertThat(turn.end()).isFalse();
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).containsExactly("write a", "close");
    loop.flush(Caller.OTHER_THREAD);
    loop.onWritable();
    assertThat(output.takeCalls()).isEmpty();
  }

  @Test
  void what_ends_while_it_takes_no_more_is_closed_too() {
    open();
    output.waiting.addAll(List.of("a", "b"));
    output.taken = 1;
    output.whileWriting = () -> assertThat(turn.end()).isFalse();
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).containsExactly("write a", "close");
  }

  @Test
  void what_throws_has_failed_and_is_closed() {
    open();
    output.waiting.add("a");
    output.whileWriting =
        () -> {
          throw new IllegalStateException("broken");
        };
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls())
        .containsExactly("write a", "failed broken OTHER_THREAD", "close");
  }

  @Test
  void a_turn_has_an_end_where_the_output_says_where_to_go_on() {
    open();
    List<Runnable> later = new ArrayList<>();
    output.afterOthers = later::add;
    output.waiting.addAll(Collections.nCopies(40, "a"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).hasSize(32).containsOnly("write a");
    assertThat(later).hasSize(1);
    loop.flush(Caller.OTHER_THREAD); // the turn is still taken
    assertThat(output.takeCalls()).isEmpty();
    later.get(0).run();
    assertThat(output.takeCalls()).hasSize(10).endsWith("write a", "flush", "stopped OTHER_THREAD");
  }

  @Test
  void a_turn_goes_on_where_the_output_does_not() {
    open();
    output.waiting.addAll(Collections.nCopies(100, "a"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(output.takeCalls()).hasSize(102);
  }

  private void open() {
    loop.onWritable();
    output.takeCalls();
  }

  private final class Recorded implements WritingOutput {

    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private String chosen;
    private int taken = Integer.MAX_VALUE;
    private boolean finished;
    private Runnable whileLooking = () -> {};
    private Runnable whileWriting = () -> {};
    private Executor afterOthers;

    List<String> takeCalls() {
      List<String> made = List.copyOf(calls);
      calls.clear();
      return made;
    }

    @Override
    public boolean isWaiting() {
      return !waiting.isEmpty();
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean next() {
      chosen = waiting.poll();
      return chosen != null;
    }

    @Override
    public boolean isWritable() {
      boolean writable = taken > 0;
      if (!writable) {
        whileLooking.run();
      }
      return writable;
    }

    @Override
    public void write() throws IOException {
      taken--;
      calls.add("write " + chosen);
      whileWriting.run();
    }

    @Override
    public void flush() {
      calls.add("flush");
    }

    @Override
    public Executor afterOthers() {
      return afterOthers;
    }

    @Override
    public void failed(Throwable cause, Caller caller) {
      calls.add("failed " + cause.getMessage() + " " + caller);
      turn.end();
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public void stopped(Caller caller, boolean done) {
      calls.add((done ? "finished " : "stopped ") + caller);
    }
  }
}
