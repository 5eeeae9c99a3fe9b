package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is lent, kept and freed. Fault R13. */
class CodecPoolTest {

  private final List<Codec> ended = new ArrayList<>();
  private final CodecPool<Codec> pool = new CodecPool<>(2, Codec::new, Codec::reset, ended::add);

  private static final class Codec {
    int resets;

    void reset() {
      resets++;
    }
  }

  @Test
  void what_is_given_back_is_reset_and_lent_again() {
    Codec codec = pool.lease();
    pool.giveBack(codec);

    assertThat(pool.lease()).isSameAs(codec);
    assertThat(codec.resets).isEqualTo(1);
    assertThat(pool.live()).isEqualTo(1);
  }

  @Test
  void nothing_is_made_before_it_is_needed() {
    assertThat(pool.live()).isZero();
  }

  @Test
  void what_does_not_fit_is_freed() {
    List<Codec> leased = List.of(pool.lease(), pool.lease(), pool.lease());
    assertThat(pool.live()).isEqualTo(3);

    leased.forEach(pool::giveBack);

    assertThat(pool.live()).isEqualTo(2);
    assertThat(ended).containsExactly(leased.get(2));
  }

  @Test
  void after_closing_everything_is_freed() {
    Codec first = pool.lease();
    Codec second = pool.lease();
    pool.giveBack(first);

    pool.close();
    assertThat(ended).containsExactly(first);
    pool.giveBack(second);

    assertThat(ended).containsExactly(first, second);
    assertThat(pool.live()).isZero();
    assertThat(pool.lease()).isNotIn(first, second);
  }

  @Test
  void an_inflater_that_is_ended_has_given_back_its_memory() {
    InflateCodec codec = new InflateCodec();
    codec.end();
    assertThatThrownBy(() -> codec.inflater().getBytesRead())
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Inflater has been closed");
  }

  @Test
  void what_could_not_be_made_does_not_count() {
    CodecPool<Codec> poor =
        new CodecPool<>(
            1,
            () -> {
              throw new OutOfMemoryError("native memory");
            },
            Codec::reset,
            ended::add);

    assertThatThrownBy(poor::lease).isInstanceOf(OutOfMemoryError.class);
    assertThat(poor.live()).isZero();
  }
}
