package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.spi.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.5: sending control frames. See {@link SendingLog}. */
class Section5_5SendingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # 5.5.1: the code and the reason
          close 1000                          | close 1000
          close 4999 a reason                 | close 4999 a reason
          close 1001 é                        | close 1001 é
          # 5.5.1: the answer repeats the code, and not the reason
          came 1000                           | close 1000
          came 3000 a reason                  | close 3000
          # 5.5.1: no code is none to repeat
          came 1005                           | close
          # 5.5.1: one Close frame, whoever sends the first
          close 1000; close 1001              | close 1000
          close 1000; came 1001               | close 1000
          came 1000; close 1001               | close 1000
          came 1000; came 1001                | close 1000
          # 5.5.1: nothing after it
          close 1000; text A                  | close 1000; refused (5.5.1)
          close 1000; shared A                | close 1000; refused (5.5.1)
          close 1000; text A..                | close 1000; refused (5.5.1)
          text A..; close 1000; text ..B      | text A...; close 1000; refused (5.5.1)
          close 1000; ping p                  | close 1000; refused (5.5.1)
          close 1000; pong p                  | close 1000; no pong
          close 1000; late p                  | close 1000; no pong
          came 1000; text A                   | close 1000; refused (5.5.1)
          came 1000; pong p                   | close 1000; no pong
          # nothing to a transport that has ended
          lose; close 1000                    | nothing
          lose; came 1000                     | nothing
          lose; lose                          | nothing
          lose; text A; ping p; pong q        | refused (5.5.1); refused (5.5.1); no pong
          close 1000; lose; came 1000         | close 1000
          # 5.5.2 and 5.5.3
          ping; ping p                        | ping; ping p
          unasked; unasked p                  | pong; pong p
          text A..; unasked p; text ..B       | text A...; pong p; continuation B
          close 1000; unasked p               | close 1000; refused (5.5.1)
          pong; pong p                        | pong; pong p
          # 5.5.3: before all that waits, while the peer does not read
          late p; late q; text A              | urgent pong p; urgent pong q; text A
          """)
  void control_frames(String steps, String frames) {
    assertThat(new SendingLog(Role.SERVER, null).play(steps))
        .isEqualTo(frames.equals("nothing") ? "" : frames);
  }

  @Test
  void the_longest_reason_fills_the_frame() {
    String reason = "x".repeat(CloseStatus.MAX_REASON_BYTES);
    assertThat(new SendingLog(Role.SERVER, null).play("close 1000 " + reason))
        .isEqualTo("close 1000 " + reason);
  }

  @Test
  void the_closing_handshake_is_kept() {
    SendingLog log = new SendingLog(Role.SERVER, null);
    Sender sender = log.sender();
    assertThat(sender.state()).isEqualTo(ConnectionState.OPEN);
    assertThat(sender.canSend()).isTrue();
    log.play("close 1001 bye");
    assertThat(sender.state()).isEqualTo(ConnectionState.CLOSE_SENT);
    assertThat(sender.canSend()).isFalse();
    log.play("came 1000 ok");
    assertThat(sender.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(sender.event().status()).isEqualTo(new CloseStatus(1000, "ok"));
    assertThat(sender.event().sent()).contains(new CloseStatus(1001, "bye"));
    assertThat(sender.event().initiator()).isEqualTo(Initiator.LOCAL);
    assertThat(sender.event().clean()).isTrue();
  }

  @Test
  void a_transport_that_ended_ends_the_handshake() {
    SendingLog log = new SendingLog(Role.SERVER, null);
    log.play("lose");
    assertThat(log.sender().state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(log.sender().event().initiator()).isEqualTo(Initiator.TRANSPORT);
  }
}
