package io.github.upgradehandler.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The options of one container each, set from text. */
class ContainerOptionsTest {

  @Test
  void an_option_is_off_until_it_is_set() {
    assertThat(ContainerOptions.NONE.isOn("a")).isFalse();
    ContainerOptions on = ContainerOptions.NONE.with("a", " true ");
    assertThat(on.isOn("a")).isTrue();
    assertThat(on.isOn("b")).isFalse();
    assertThat(on.with("a", "false").isOn("a")).isFalse();
    assertThat(ContainerOptions.NONE.isOn("a")).isFalse();
  }

  @Test
  void what_is_neither_true_nor_false_is_refused_by_the_options_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContainerOptions.NONE.with("a", "on"))
        .withMessage("option 'a' = 'on': is neither true nor false");
  }
}
