package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 7.1: the closing handshake, step by step. */
class Section7_1ClosingHandshakeTest {

  private final ClosingHandshake handshake = new ClosingHandshake();

  @Test
  void begins_open() {
    assertThat(handshake.state()).isEqualTo(ConnectionState.OPEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # before       | step    | state          | done
          -              | send    | CLOSE_SENT     | true
          -              | receive | CLOSE_RECEIVED | true
          -              | lose    | CLOSED         | true
          send           | send    | CLOSE_SENT     | false
          send           | receive | CLOSED         | true
          send           | lose    | CLOSED         | true
          receive        | send    | CLOSED         | true
          receive        | receive | CLOSE_RECEIVED | true
          receive        | lose    | CLOSED         | true
          send receive   | send    | CLOSED         | false
          send receive   | receive | CLOSED         | true
          send receive   | lose    | CLOSED         | true
          receive send   | send    | CLOSED         | false
          receive send   | receive | CLOSED         | true
          receive send   | lose    | CLOSED         | true
          lose           | send    | CLOSED         | false
          lose           | receive | CLOSED         | true
          lose           | lose    | CLOSED         | true
          """)
  void transition(String before, String step, ConnectionState state, boolean done) {
    takeAll(before);
    assertThat(take(step, CloseStatus.INTERNAL_ERROR, CloseStatus.PROTOCOL_ERROR)).isEqualTo(done);
    assertThat(handshake.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # sections 7.1.4 to 7.1.6; this end sends 1000, then 1011; the peer 1001, then 1002
          # steps                | status | sent | initiator | clean
          -                      | 1006   |      | TRANSPORT | false
          lose                   | 1006   |      | TRANSPORT | false
          send                   | 1006   | 1000 | LOCAL     | false
          send lose              | 1006   | 1000 | LOCAL     | false
          receive                | 1001   |      | REMOTE    | false
          receive lose           | 1001   |      | REMOTE    | false
          send receive           | 1001   | 1000 | LOCAL     | true
          receive send           | 1001   | 1000 | REMOTE    | true
          send receive lose      | 1001   | 1000 | LOCAL     | true
          receive send lose      | 1001   | 1000 | REMOTE    | true
          # what comes too late changes nothing
          send send              | 1006   | 1000 | LOCAL     | false
          receive receive        | 1001   |      | REMOTE    | false
          send receive send      | 1001   | 1000 | LOCAL     | true
          send receive receive   | 1001   | 1000 | LOCAL     | true
          receive send receive   | 1001   | 1000 | REMOTE    | true
          lose send              | 1006   |      | TRANSPORT | false
          lose receive           | 1006   |      | TRANSPORT | false
          send lose receive      | 1006   | 1000 | LOCAL     | false
          receive lose send      | 1001   |      | REMOTE    | false
          """)
  void how_it_ended(String steps, int status, Integer sent, Initiator initiator, boolean clean) {
    takeAll(steps);
    CloseEvent event = handshake.event();
    assertThat(event.code()).isEqualTo(status);
    assertThat(event.sent().map(CloseStatus::code).orElse(null)).isEqualTo(sent);
    assertThat(event.initiator()).isEqualTo(initiator);
    assertThat(event.clean()).isEqualTo(clean);
  }

  /** The first Close frame of each end has another code than its later ones. */
  private void takeAll(String steps) {
    CloseStatus sending = CloseStatus.NORMAL;
    CloseStatus receiving = CloseStatus.GOING_AWAY;
    for (String step : steps.split(" ", -1)) {
      take(step, sending, receiving);
      sending = step.equals("send") ? CloseStatus.INTERNAL_ERROR : sending;
      receiving = step.equals("receive") ? CloseStatus.PROTOCOL_ERROR : receiving;
    }
  }

  private boolean take(String step, CloseStatus sending, CloseStatus receiving) {
    switch (step) {
      case "send" -> {
        return handshake.send(sending);
      }
      case "receive" -> handshake.receive(receiving);
      case "lose" -> handshake.lose();
      default -> assertThat(step).isEqualTo("-");
    }
    return true;
  }
}
