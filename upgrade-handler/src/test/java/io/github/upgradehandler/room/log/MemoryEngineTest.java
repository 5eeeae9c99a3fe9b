package io.github.upgradehandler.room.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryEngineTest {

  private static final Retention HOUR = new Retention(100, 1000, Duration.ofHours(1));

  private final AtomicLong clock = new AtomicLong();
  private final List<String> pushed = new ArrayList<>();
  private final MemoryEngine engine = new MemoryEngine(clock::get);

  MemoryEngineTest() {
    engine.start(
        new Engine.Listener() {
          @Override
          public void pushed(String room, Position position, Entry entry) {
            pushed.add(room + " " + position.offset() + " " + entry.sequence());
          }

          @Override
          public void away() {}

          @Override
          public void back() {}

          @Override
          public void check(String room) {}
        });
  }

  private static Entry entry(long sequence) {
    return entry(sequence, 1);
  }

  private static Entry entry(long sequence, int length) {
    return new Entry("node", sequence, "", PreparedMessage.text("x".repeat(length)));
  }

  private static <T> T now(CompletionStage<T> answer) {
    assertThat(answer.toCompletableFuture()).isDone();
    return answer.toCompletableFuture().join();
  }

  private Position append(Entry... entries) {
    return now(engine.append("room", List.of(entries), HOUR));
  }

  private List<Long> kept(long after) {
    return now(engine.read("room", after, 100)).entries().stream().map(Entry::sequence).toList();
  }

  @Test
  void entries_get_offsets_and_are_pushed() {
    now(engine.subscribe("room"));
    assertThat(append(entry(1), entry(2)).offset()).isEqualTo(2);
    assertThat(append(entry(5)).offset()).isEqualTo(3);
    assertThat(pushed).containsExactly("room 1 1", "room 2 2", "room 3 5");
    assertThat(now(engine.top("room")).position().offset()).isEqualTo(3);
  }

  @Test
  void what_was_appended_is_not_appended_again() {
    now(engine.subscribe("room"));
    Position first = append(entry(1), entry(2));
    assertThat(append(entry(1), entry(2))).isEqualTo(first);
    assertThat(pushed).hasSize(2);
  }

  @Test
  void a_part_is_read_from_the_first_that_is_kept() {
    append(entry(1), entry(2), entry(3), entry(4));
    Run run = now(engine.read("room", 1, 2));
    assertThat(run.first()).isEqualTo(2);
    assertThat(run.entries()).extracting(Entry::sequence).containsExactly(2L, 3L);
    assertThat(run.top().position().offset()).isEqualTo(4);
    assertThat(kept(4)).isEmpty();
  }

  @Test
  void the_oldest_go_beyond_the_bounds() {
    Retention three = new Retention(3, 1000, Duration.ofHours(1));
    now(engine.append("room", List.of(entry(1), entry(2), entry(3), entry(4)), three));
    assertThat(kept(0)).containsExactly(2L, 3L, 4L);
    append(entry(5, 999));
    assertThat(kept(0)).containsExactly(4L, 5L);
    append(entry(6, 2000));
    assertThat(kept(0)).containsExactly(6L);
    assertThat(now(engine.read("room", 0, 100)).first()).isEqualTo(6);
  }

  @Test
  void a_log_that_nothing_came_to_for_long_is_another_one_after_it() {
    Position before = append(entry(1));
    clock.addAndGet(Duration.ofHours(1).toNanos());
    Position after = append(entry(2));
    assertThat(after.offset()).isEqualTo(1);
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
  }

  @Test
  void one_that_is_subscribed_to_keeps_its_end() {
    Position before = append(entry(1));
    now(engine.subscribe("room"));
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(kept(0)).isEmpty();
    assertThat(append(entry(2))).isEqualTo(before.plus(1));
    engine.unsubscribe("room");
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(append(entry(3)).epoch()).isNotEqualTo(before.epoch());
  }

  @Test
  void nothing_is_appended_before_it_is_started() {
    CompletionStage<Position> answer =
        new MemoryEngine(clock::get).append("room", List.of(entry(1)), HOUR);
    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
  }
}
