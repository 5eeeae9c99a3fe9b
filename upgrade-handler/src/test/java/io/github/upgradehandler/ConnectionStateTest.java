package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.5.1: who may still send what. */
class ConnectionStateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # state        | we may send | the peer may send
          OPEN           | true        | true
          CLOSE_SENT     | false       | true
          CLOSE_RECEIVED | false       | false
          CLOSED         | false       | false
          """)
  void states(ConnectionState state, boolean canSend, boolean canReceive) {
    assertThat(state.canSend()).isEqualTo(canSend);
    assertThat(state.canReceive()).isEqualTo(canReceive);
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED, true", "OVERFLOW, false", "CLOSED, false"})
  void what_became_of_a_message(SendResult result, boolean accepted) {
    assertThat(result.isAccepted()).isEqualTo(accepted);
  }
}
