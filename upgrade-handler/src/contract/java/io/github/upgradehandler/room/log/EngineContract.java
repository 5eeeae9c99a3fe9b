package io.github.upgradehandler.room.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine does, whatever keeps its logs. */
public abstract class EngineContract {

  private static final int PATIENCE_SECONDS = 10;
  private static final Retention HOUR = new Retention(100, 1000, Duration.ofHours(1));

  /** What an engine has told. */
  static final class Told implements Engine.Listener {
    private final LinkedBlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    @Override
    public void pushed(String room, Position position, Entry entry) {
      pushed.add(room + " " + position.offset() + " " + text(entry));
    }

    @Override
    public void away() {}

    @Override
    public void back() {}

    @Override
    public void check(String room) {}

    String next() throws InterruptedException {
      return pushed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isSilent() {
      return pushed.isEmpty();
    }
  }

  private final Told told = new Told();
  private Engine engine;

  /** One that nothing was asked yet. */
  protected abstract Engine engine() throws Exception;

  /** The name of a room without a log. */
  protected abstract String room();

  @BeforeEach
  void start() throws Exception {
    engine = engine();
    engine.start(told);
  }

  private static Entry entry(long sequence) {
    return entry(sequence, "m" + sequence);
  }

  private static Entry entry(long sequence, String text) {
    return new Entry("node", sequence, "", PreparedMessage.text(text));
  }

  static String text(Entry entry) {
    return StandardCharsets.UTF_8.decode(entry.message().payload()).toString();
  }

  private static <T> T await(CompletionStage<T> answer) throws Exception {
    return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Position append(Entry... entries) throws Exception {
    return append(HOUR, entries);
  }

  private Position append(Retention retention, Entry... entries) throws Exception {
    return await(engine.append(room(), List.of(entries), retention));
  }

  private Run read(long after, int most) throws Exception {
    return await(engine.read(room(), after, most));
  }

  private List<String> kept() throws Exception {
    return read(0, 100).entries().stream().map(EngineContract::text).toList();
  }

  @Test
  void a_new_log_is_empty_and_has_an_epoch_that_stays() throws Exception {
    Top top = await(engine.top(room()));
    assertThat(top.position().offset()).isZero();
    assertThat(top.lineage()).isEmpty();
    assertThat(await(engine.subscribe(room())).position()).isEqualTo(top.position());
    assertThat(append(entry(1))).isEqualTo(top.position().plus(1));
    assertThat(await(engine.top(room())).position()).isEqualTo(top.position().plus(1));
  }

  @Test
  void those_who_have_subscribed_get_what_is_appended_after_the_top_they_were_told() throws Exception {
    append(entry(1));
    assertThat(await(engine.subscribe(room())).position().offset()).isEqualTo(1);
    append(entry(2), entry(3));
    append(entry(4));
    assertThat(told.next()).isEqualTo(room() + " 2 m2");
    assertThat(told.next()).isEqualTo(room() + " 3 m3");
    assertThat(told.next()).isEqualTo(room() + " 4 m4");
  }

  @Test
  void what_was_appended_is_not_appended_again() throws Exception {
    await(engine.subscribe(room()));
    Position first = append(entry(1), entry(2));
    assertThat(append(entry(1), entry(2))).isEqualTo(first);
    assertThat(append(entry(2), entry(3))).isEqualTo(first.plus(1));
    assertThat(kept()).containsExactly("m1", "m2", "m3");
    assertThat(told.next()).endsWith("m1");
    assertThat(told.next()).endsWith("m2");
    assertThat(told.next()).isEqualTo(room() + " 3 m3");
    assertThat(told.isSilent()).isTrue();
  }

  @Test
  void a_part_is_read_with_what_it_is_part_of() throws Exception {
    append(entry(1), entry(2), entry(3), entry(4));
    Run run = read(1, 2);
    assertThat(run.first()).isEqualTo(2);
    assertThat(run.entries()).extracting(EngineContract::text).containsExactly("m2", "m3");
    assertThat(run.top().position().offset()).isEqualTo(4);
    assertThat(read(4, 2).entries()).isEmpty();
  }

  @Test
  void the_oldest_go_beyond_the_number_of_messages() throws Exception {
    append(new Retention(3, 1000, Duration.ofHours(1)), entry(1), entry(2), entry(3), entry(4));
    assertThat(kept()).containsExactly("m2", "m3", "m4");
    assertThat(read(0, 100).first()).isEqualTo(2);
  }

  @Test
  void the_oldest_go_beyond_the_bytes_and_one_larger_is_kept_alone() throws Exception {
    append(entry(1), entry(2), entry(3));
    append(entry(4, "x".repeat(996)));
    assertThat(kept()).containsExactly("m2", "m3", "x".repeat(996));
    append(entry(5, "y".repeat(2000)));
    assertThat(kept()).containsExactly("y".repeat(2000));
    append(entry(6));
    assertThat(kept()).containsExactly("m6");
  }

  @Test
  void an_entry_comes_back_as_it_was() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    PreparedMessage binary = PreparedMessage.binary(ByteBuffer.wrap(all));
    append(
        new Entry("n\u00e9", 7, "s 1", binary), new Entry("n\u00e9", 8, "", PreparedMessage.text("")));
    List<Entry> entries = read(0, 10).entries();
    Entry first = entries.get(0);
    assertThat(first.node()).isEqualTo("n\u00e9");
    assertThat(first.sequence()).isEqualTo(7);
    assertThat(first.sender()).isEqualTo("s 1");
    assertThat(first.message().isText()).isFalse();
    assertThat(first.message().payload()).isEqualTo(ByteBuffer.wrap(all));
    Entry second = entries.get(1);
    assertThat(second.sender()).isEmpty();
    assertThat(second.message().isText()).isTrue();
    assertThat(second.message().length()).isZero();
  }

  @Test
  void rooms_are_apart_whatever_their_names() throws Exception {
    List<String> names =
        List.of(room(), room() + ":m", room() + "}{", room() + " \u0000\r\n*", room() + "\u20ac");
    for (String name : names) {
      await(engine.subscribe(name));
      await(engine.append(name, List.of(entry(1, name)), HOUR));
      assertThat(told.next()).isEqualTo(name + " 1 " + name);
    }
    for (String name : names) {
      assertThat(await(engine.read(name, 0, 10)).entries())
          .extracting(EngineContract::text)
          .containsExactly(name);
    }
  }
}
