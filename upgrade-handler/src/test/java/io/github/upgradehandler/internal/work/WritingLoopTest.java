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

  private final Recorded loop = new Recorded(false);

  @Test
  void nothing_is_written_before_the_output_says_that_it_can_take_any() {
    loop.waiting.add("a");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).isEmpty();
    loop.onWritable();
    assertThat(loop.takeCalls()).containsExactly("write a", "flush", "stopped CONTAINER");
  }

  @Test
  void what_owes_a_flush_is_flushed_first() {
    Recorded owing = new Recorded(true);
    owing.onWritable();
    assertThat(owing.takeCalls()).containsExactly("flush", "stopped CONTAINER");
  }

  @Test
  void all_that_waits_is_written_and_flushed_once() {
    open();
    loop.waiting.addAll(List.of("a", "b", "c"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls())
        .containsExactly("write a", "write b", "write c", "flush", "stopped OTHER_THREAD");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).isEmpty();
  }

  @Test
  void an_output_that_takes_no_more_is_written_to_when_it_can() {
    open();
    loop.waiting.addAll(List.of("a", "b"));
    loop.taken = 1;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("write a", "stopped OTHER_THREAD");
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).isEmpty();
    loop.taken = Integer.MAX_VALUE;
    loop.onWritable();
    assertThat(loop.takeCalls()).containsExactly("write b", "flush", "stopped CONTAINER");
  }

  @Test
  void an_output_that_says_so_meanwhile_is_looked_at_again() {
    open();
    loop.waiting.addAll(List.of("a", "b"));
    loop.taken = 1;
    loop.whileLooking =
        () -> {
          loop.taken = Integer.MAX_VALUE;
          loop.onWritable();
        };
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls())
        .containsExactly("write a", "write b", "flush", "stopped OTHER_THREAD");
  }

  @Test
  void what_is_finished_is_told_when_everything_is_written() {
    open();
    loop.waiting.add("a");
    loop.finished = true;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("write a", "flush", "finished OTHER_THREAD");
  }

  @Test
  void what_is_finished_and_has_nothing_to_write_is_told_too() {
    open();
    loop.finished = true;
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("finished OTHER_THREAD");
  }

  @Test
  void what_ends_while_it_is_written_to_is_closed_by_the_thread_that_writes() {
    open();
    loop.waiting.addAll(List.of("a", "b"));
    loop.whileWriting = () -> assertThat(loop.endWriting()).isFalse();
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("write a", "close");
    loop.flush(Caller.OTHER_THREAD);
    loop.onWritable();
    assertThat(loop.takeCalls()).isEmpty();
  }

  @Test
  void what_ends_while_it_takes_no_more_is_closed_too() {
    open();
    loop.waiting.addAll(List.of("a", "b"));
    loop.taken = 1;
    loop.whileWriting = () -> assertThat(loop.endWriting()).isFalse();
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("write a", "close");
  }

  @Test
  void what_throws_has_failed_and_is_closed() {
    open();
    loop.waiting.add("a");
    loop.whileWriting =
        () -> {
          throw new IllegalStateException("broken");
        };
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).containsExactly("write a", "failed broken OTHER_THREAD", "close");
  }

  @Test
  void a_turn_has_an_end_where_the_output_says_where_to_go_on() {
    open();
    List<Runnable> later = new ArrayList<>();
    loop.afterOthers = later::add;
    loop.waiting.addAll(Collections.nCopies(40, "a"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).hasSize(32).containsOnly("write a");
    assertThat(later).hasSize(1);
    loop.flush(Caller.OTHER_THREAD); // the turn is still taken
    assertThat(loop.takeCalls()).isEmpty();
    later.get(0).run();
    assertThat(loop.takeCalls()).hasSize(10).endsWith("write a", "flush", "stopped OTHER_THREAD");
  }

  @Test
  void a_turn_goes_on_where_the_output_does_not() {
    open();
    loop.waiting.addAll(Collections.nCopies(100, "a"));
    loop.flush(Caller.OTHER_THREAD);
    assertThat(loop.takeCalls()).hasSize(102);
  }

  private void open() {
    loop.onWritable();
    loop.takeCalls();
  }

  private static final class Recorded extends WritingLoop {

    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private String chosen;
    private int taken = Integer.MAX_VALUE;
    private boolean finished;
    private Runnable whileLooking = () -> {};
    private Runnable whileWriting = () -> {};
    private Executor afterOthers;

    Recorded(boolean flushesFirst) {
      super(flushesFirst);
    }

    List<String> takeCalls() {
      List<String> made = List.copyOf(calls);
      calls.clear();
      return made;
    }

    @Override
    protected boolean isWaiting() {
      return !waiting.isEmpty();
    }

    @Override
    protected boolean isFinished() {
      return finished;
    }

    @Override
    protected boolean chooseNext() {
      chosen = waiting.poll();
      return chosen != null;
    }

    @Override
    protected boolean isWritable() {
      boolean writable = taken > 0;
      if (!writable) {
        whileLooking.run();
      }
      return writable;
    }

    @Override
    protected void writeChosen() throws IOException {
      taken--;
      calls.add("write " + chosen);
      whileWriting.run();
    }

    @Override
    protected void flushOutput() {
      calls.add("flush");
    }

    @Override
    protected boolean isEnoughForOneWrite() {
      return false;
    }

    @Override
    protected Executor afterOthers() {
      return afterOthers;
    }

    @Override
    protected void failed(Throwable cause, Caller caller) {
      calls.add("failed " + cause.getMessage() + " " + caller);
      endWriting();
    }

    @Override
    protected void closeOutput() {
      calls.add("close");
    }

    @Override
    protected void stopped(Caller caller, boolean done) {
      calls.add((done ? "finished " : "stopped ") + caller);
    }
  }
}
