package io.github.upgradehandler.room.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.room.log.Top.Ancestor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that a log is made of. */
class LogValuesTest {

  @Test
  void a_position_is_written_and_read() {
    Position position = new Position("a1Z", 42);
    assertThat(position).hasToString("a1Z.42");
    assertThat(Position.parse("a1Z.42")).contains(position);
    assertThat(position.plus(2)).isEqualTo(new Position("a1Z", 44));
    assertThat(position.in("b")).isEqualTo(new Position("b", 42));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a.", ".1", "a.-1", "a.1.1", "a b.1", "a.9999999999999999999", "ä.1"})
  void what_a_client_has_changed_is_no_position(String text) {
    assertThat(Position.parse(text)).isEmpty();
  }

  @Test
  void a_position_is_checked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Position("a.b", 1))
        .withMessage("epoch 'a.b': 1 to 32 letters and digits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Position("a", -1))
        .withMessage("offset -1 is below 0");
  }

  @Test
  void a_retention_is_checked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(0, 1, Duration.ofHours(1)))
        .withMessage("messages must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(1, 0, Duration.ofHours(1)))
        .withMessage("bytes must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(1, 1, Duration.ZERO))
        .withMessage("time must be more than 0, not PT0S");
  }

  /** Of c, which continues b from 12, which continued a from 10. */
  @ParameterizedTest
  @CsvSource({
    "c, 0, true",
    "c, 15, true",
    "c, 16, false",
    "b, 12, true",
    "b, 13, false",
    "a, 10, true",
    "a, 11, false",
    "z, 1, false"
  })
  void a_log_continues_what_is_left_of_earlier_ones(String epoch, long offset, boolean continued) {
    Top top = new Top(new Position("c", 15), List.of(new Ancestor("b", 12), new Ancestor("a", 10)));
    assertThat(top.continues(new Position(epoch, offset))).isEqualTo(continued);
  }

  /** The end of b was lost after it had begun where a ended: so was what a had there. */
  @Test
  void what_a_later_epoch_has_lost_is_lost_of_the_earlier_too() {
    Top top = new Top(new Position("c", 9), List.of(new Ancestor("b", 8), new Ancestor("a", 10)));
    assertThat(top.continues(new Position("a", 8))).isTrue();
    assertThat(top.continues(new Position("a", 9))).isFalse();
  }
}
