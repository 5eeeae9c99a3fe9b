package io.github.upgradehandler.internal.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a room's audience, which objects to whatever it must not be given. */
final class Witness implements LogAudience.Newcomer {

  /** What all of them, and those who publish, have to agree on: which message a position names. */
  static final class Truth {
    private final Map<Position, String> values = new HashMap<>();
    private final List<AssertionError> objections = new ArrayList<>();

    /** What was objected to: thrown, it would only be logged. */
    List<AssertionError> objections() {
      return objections;
    }

    void check(Runnable assertions) {
      try {
        assertions.run();
      } catch (AssertionError e) {
        objections.add(e);
      }
    }

    void says(Position position, String value) {
      String before = values.putIfAbsent(position, value);
      check(
          () ->
              assertThat(before == null ? value : before)
                  .as("%s names one message", position)
                  .isEqualTo(value));
    }
  }

  private final Truth truth;
  private final List<Lost> losses = new ArrayList<>();
  private final List<Position> lostAt = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final Map<String, Long> latest = new HashMap<>();
  private @Nullable Position last;
  private boolean attached;

  Witness(Truth truth) {
    this.truth = truth;
  }

  /** It begins, or comes back, having seen all up to a position. */
  void comesFrom(@Nullable Position from) {
    last = from;
    attached = false;
  }

  @Override
  public void entry(Position position, Entry entry) {
    String value = new String(bytes(entry), UTF_8);
    truth.says(position, value);
    Position before = last;
    Long known = latest.put(entry.node(), entry.sequence());
    truth.check(
        () -> {
          assertThat(before).as("%s came before anything was said", value).isNotNull();
          assertThat(position.offset())
              .as("after %s came %s", before, position)
              .isEqualTo(before.offset() + 1);
          assertThat(entry.sequence())
              .as("%s after %s of the same node", value, known)
              .isGreaterThan(known == null ? 0 : known);
        });
    values.add(value);
    last = position;
  }

  private static byte[] bytes(Entry entry) {
    byte[] bytes = new byte[entry.message().length()];
    entry.message().payload().get(bytes);
    return bytes;
  }

  @Override
  public void lost(Lost lost) {
    losses.add(lost);
    lostAt.add(last);
    latest.clear(); // what was rolled back may be appended again
    last = lost.position();
  }

  @Override
  public void attached(Position position) {
    truth.check(
        () -> {
          assertThat(attached).as("attached twice").isFalse();
          assertThat(position.offset())
              .as("attached at %s, having seen %s", position, last)
              .isEqualTo(last == null ? position.offset() : last.offset());
        });
    attached = true;
    last = position;
  }

  boolean isAttached() {
    return attached;
  }

  @Nullable Position last() {
    return last;
  }

  List<Lost> losses() {
    return losses;
  }

  /** Up to where it had seen everything at each of {@link #losses}. */
  List<Position> lostAt() {
    return lostAt;
  }

  List<String> values() {
    return values;
  }
}
