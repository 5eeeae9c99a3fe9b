package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever reports something while nobody is at work goes to work. */
class SerialEventsTest {

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Integer> handled = new ArrayList<>();
  private final SerialEvents events =
      new SerialEvents() {
        @Override
        void handle(int reported) {
          handled.add(reported);
          if (reported == OPENED) {
            signal(READABLE, executor::add);
            signal(BELOW_WATERMARK, executor::add);
          }
        }
      };

  @Test
  void what_is_reported_before_work_begins_is_handled_together() {
    events.signal(SerialEvents.READABLE, executor::add);
    events.signal(SerialEvents.ENDED, executor::add);
    assertThat(executor).hasSize(1);
    assertThat(events.isIdle()).isFalse();
    executor.remove().run();
    assertThat(handled).containsExactly(SerialEvents.READABLE | SerialEvents.ENDED);
    assertThat(events.isIdle()).isTrue();
  }

  @Test
  void what_is_reported_during_work_is_handled_by_the_same_thread_afterwards() {
    events.signal(SerialEvents.OPENED, executor::add);
    executor.remove().run();
    assertThat(handled)
        .containsExactly(SerialEvents.OPENED, SerialEvents.READABLE | SerialEvents.BELOW_WATERMARK);
    assertThat(executor).isEmpty();
    assertThat(events.isIdle()).isTrue();
  }

  @Test
  void after_work_the_next_report_goes_to_work_again() {
    events.signal(SerialEvents.READABLE, Runnable::run);
    events.signal(SerialEvents.READABLE, Runnable::run);
    assertThat(handled).containsExactly(SerialEvents.READABLE, SerialEvents.READABLE);
  }

  @Test
  void of_many_threads_one_works_at_a_time_and_no_report_is_lost() throws InterruptedException {
    int count = 200_000;
    AtomicInteger produced = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    int[] consumed = new int[1]; // plain: each call sees the effects of the one before
    SerialEvents serial =
        new SerialEvents() {
          @Override
          void handle(int reported) {
            if (inside.getAndIncrement() != 0) {
              overlaps.incrementAndGet();
            }
            consumed[0] = produced.get();
            inside.decrementAndGet();
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < count; n++) {
                  produced.incrementAndGet();
                  serial.signal(SerialEvents.READABLE, Runnable::run);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Await.until("idle", serial::isIdle);
    assertThat(overlaps).hasValue(0);
    assertThat(consumed[0]).isEqualTo(4 * count);
  }
}
