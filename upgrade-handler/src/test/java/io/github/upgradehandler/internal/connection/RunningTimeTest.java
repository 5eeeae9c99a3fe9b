package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.work.RunningTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningTimeTest {

  private static final long START = 1_000_000_000_000L;

  private final RunningTime time = new RunningTime(Duration.ofMillis(250), START);
  private long now = START;

  /** How much running time has passed since the start, after so much of the clock's. */
  private Duration after(Duration step) {
    now += step.toNanos();
    return Duration.ofNanos(time.at(now) - START);
  }

  @Test
  void it_passes_with_the_clock_while_looks_come_as_asked_for() {
    assertThat(after(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(250));
    assertThat(after(Duration.ofMillis(500)))
        .as("a busy machine")
        .isEqualTo(Duration.ofMillis(750));
    assertThat(time.last()).isEqualTo(time.at(now));
  }

  @Test
  void it_stands_still_while_the_process_is_stopped_and_until_what_waits_is_read() {
    after(Duration.ofMillis(250));
    assertThat(after(Duration.ofSeconds(33))).isEqualTo(Duration.ofMillis(250));
    for (int look = 0; look < 4; look++) {
      assertThat(after(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(250));
    }
    assertThat(after(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void a_second_stop_is_caught_up_with_anew() {
    after(Duration.ofSeconds(5));
    after(Duration.ofMillis(500));
    after(Duration.ofSeconds(5));
    for (int look = 0; look < 4; look++) {
      assertThat(after(Duration.ofMillis(250))).isZero();
    }
    assertThat(after(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(250));
  }
}
