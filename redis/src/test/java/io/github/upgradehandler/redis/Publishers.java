package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Published;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Has nodes publish to a logged room all the time, each time something else. */
final class Publishers implements AutoCloseable {

  private final String room;
  private final int periodMillis;
  private final String prefix;
  private final BiConsumer<String, Published> answers;
  private final Ledger ledger = new Ledger();
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1);

  Publishers(String room, int periodMillis) {
    this.room = room;
    this.periodMillis = periodMillis;
    this.prefix = "value";
    this.answers = ledger::answered;
  }

  /**
   * Publishers whose answers are kept by somebody else.
   *
   * @param prefix of all that is published, no one else's
   */
  Publishers(String room, int periodMillis, String prefix, BiConsumer<String, Published> answers) {
    this.room = room;
    this.periodMillis = periodMillis;
    this.prefix = prefix;
    this.answers = answers;
  }

  /** What was answered. */
  Ledger ledger() {
    return ledger;
  }

  void start(Node node) {
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(() -> publish(node), 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void publish(Node node) {
    String value = prefix + " " + number.incrementAndGet();
    unanswered.incrementAndGet();
    node.publish(room, value)
        .thenAccept(
            answer -> {
              answers.accept(value, answer);
              unanswered.decrementAndGet();
            });
  }

  /** Publishes no more; waits for all answers. */
  void stop() throws InterruptedException {
    timer.shutdown();
    assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    Patience.until(() -> "every publish is answered", () -> unanswered.get() == 0);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
