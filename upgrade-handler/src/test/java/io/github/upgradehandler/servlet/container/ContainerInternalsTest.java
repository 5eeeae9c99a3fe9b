package io.github.upgradehandler.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.testing.CapturedLog;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Names of a container are looked up once for each class, and missed in the log once. */
class ContainerInternalsTest {

  /** A container's object. */
  public static final class Known {
    private final String secret = "secret";

    /** Fails as a socket does. */
    public void fail() throws IOException {
      throw new EOFException("gone");
    }

    @Override
    public String toString() {
      return secret;
    }
  }

  private final AtomicInteger lookups = new AtomicInteger();
  private final ContainerInternals<Field> internals =
      new ContainerInternals<>(
          Level.WARNING,
          "nothing is reached",
          type -> {
            lookups.incrementAndGet();
            return ContainerInternals.field(type, "secret");
          });

  @Test
  void names_are_looked_up_once_for_a_class() {
    for (int i = 0; i < 3; i++) {
      Known object = new Known();
      assertThat(internals.<Object>reach(object, field -> field.get(object))).isEqualTo("secret");
    }
    assertThat(lookups).hasValue(1);
  }

  @Test
  void names_that_are_missing_are_looked_for_and_logged_once() {
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 3; i++) {
        assertThat(internals.names("a string")).isNull();
        assertThat(internals.<Object>reach("a string", field -> field)).isNull();
      }
      assertThat(lookups).hasValue(1);
      assertThat(log.warnings()).containsExactly("io.github.upgradehandler: nothing is reached");
    }
  }

  @Test
  void a_use_that_fails_gives_nothing_and_is_logged_once() {
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 3; i++) {
        assertThat(internals.<Object>reach(new Known(), field -> field.get("a string"))).isNull();
      }
      assertThat(log.warnings()).containsExactly("io.github.upgradehandler: nothing is reached");
    }
  }

  @Test
  void what_is_not_there_is_no_failure() {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(internals.<Object>reach(new Known(), field -> null)).isNull();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void a_failure_of_io_keeps_its_cause() throws Exception {
    assertThatThrownBy(
            () -> ContainerInternals.callForIo(Known.class.getMethod("fail"), new Known()))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(EOFException.class);
    assertThat(ContainerInternals.call(new Known(), "toString")).isEqualTo("secret");
  }

  @Test
  void a_class_that_is_not_there_is_null() {
    ClassLoader loader = getClass().getClassLoader();
    assertThat(ContainerInternals.find("no.such.Container", loader)).isNull();
    assertThat(ContainerInternals.find(Known.class.getName(), loader)).isEqualTo(Known.class);
  }
}
