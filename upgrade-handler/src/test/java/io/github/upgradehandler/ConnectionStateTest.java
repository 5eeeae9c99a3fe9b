package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.5.1: when data may still be sent. */
class ConnectionStateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # state        | may send
          OPEN           | true
          CLOSE_SENT     | false
          CLOSE_RECEIVED | false
          CLOSED         | false
          """)
  void states(ConnectionState state, boolean canSend) {
    assertThat(state.canSend()).isEqualTo(canSend);
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED, true", "OVERFLOW, false", "CLOSED, false"})
  void what_became_of_a_message(SendResult result, boolean accepted) {
    assertThat(result.isAccepted()).isEqualTo(accepted);
  }
}
