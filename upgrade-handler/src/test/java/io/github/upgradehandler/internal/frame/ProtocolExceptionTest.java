package io.github.upgradehandler.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over the wire is fixed, or an option's value; the detail stays here. */
class ProtocolExceptionTest {

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(ProtocolException.breach("secret"), 1002, "protocol error"),
        Arguments.of(ProtocolException.notUtf8("secret"), 1007, "invalid UTF-8"),
        Arguments.of(ProtocolException.unacceptable("no more", "secret"), 1008, "no more"));
  }

  @Test
  void the_option_that_decides_is_for_both() {
    ProtocolException exception = ProtocolException.tooBig("maxFrameBytes is 1", "secret");
    assertThat(exception.status())
        .isEqualTo(new CloseStatus(1009, "message too big: maxFrameBytes is 1"));
    assertThat(exception).hasMessage("secret (maxFrameBytes is 1)");
    assertThat(exception.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void status_and_detail(ProtocolException exception, int code, String reason) {
    assertThat(exception.status().code()).isEqualTo(code);
    assertThat(exception.status().reason()).isEqualTo(reason);
    assertThat(exception).hasMessage("secret");
    assertThat(exception.getStackTrace()).as("a peer decides how often it comes").isEmpty();
  }
}
