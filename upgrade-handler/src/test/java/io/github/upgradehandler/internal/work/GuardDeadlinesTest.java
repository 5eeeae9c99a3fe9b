package io.github.upgradehandler.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Deadlines;
import io.github.upgradehandler.testing.CapturedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the deadlines of guards are checked. */
class GuardDeadlinesTest {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final GuardDeadlines deadlines = new GuardDeadlines(tasks::add);
  private final List<String> checked = new ArrayList<>();

  private static Admission with(Deadlines... some) {
    Admission admission = Admission.UNCONDITIONAL;
    for (Deadlines each : some) {
      admission = admission.withDeadlines(each);
    }
    return admission;
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void once_for_all_that_were_let_in_with_them() {
    Admission admission = with(now -> checked.add("at " + now));
    deadlines.add(admission);
    deadlines.add(admission);
    deadlines.check(7);
    run();
    assertThat(checked).containsExactly("at 7");
    deadlines.remove(admission);
    deadlines.check(8);
    run();
    assertThat(checked).containsExactly("at 7", "at 8");
  }

  @Test
  void as_long_as_one_is_there() {
    Admission admission = with(now -> checked.add("at " + now));
    deadlines.check(6);
    deadlines.add(admission);
    deadlines.remove(admission);
    deadlines.check(7);
    assertThat(tasks).isEmpty();
  }

  @Test
  void not_again_before_a_guard_has_returned() {
    deadlines.add(with(now -> checked.add("at " + now)));
    deadlines.check(7);
    deadlines.check(8);
    run();
    assertThat(checked).containsExactly("at 7");
    deadlines.check(9);
    run();
    assertThat(checked).containsExactly("at 7", "at 9");
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void of_every_guard_whatever_another_throws(Class<? extends Throwable> kind) throws Exception {
    Throwable thrown = kind.getConstructor(String.class).newInstance("as the test wants");
    deadlines.add(
        with(
            now -> GuardDeadlinesTest.<RuntimeException>sneak(thrown),
            now -> checked.add("at " + now),
            now -> GuardDeadlinesTest.<RuntimeException>sneak(thrown)));
    try (CapturedLog log = new CapturedLog()) {
      deadlines.check(7);
      run();
      assertThat(checked).containsExactly("at 7");
      assertThat(log.messages()).hasSize(2).contains("deadlines of a guard: as the test wants");
    }
    deadlines.check(8);
    run();
    assertThat(checked).containsExactly("at 7", "at 8");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
