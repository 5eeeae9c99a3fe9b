package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.spi.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 7.1.1: who ends TCP. See {@link SendingLog}. */
class Section7_1_1EndOfTcpTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # steps                  | server | client
          text A                   | false  | false
          close 1000               | false  | false
          close 1000; came 1000    | true   | false
          came 1000                | true   | false
          lose                     | true   | true
          close 1000; lose         | true   | true
          came 1000; lose          | true   | true
          """)
  void when_both_Close_frames_are_exchanged(String steps, boolean server, boolean client) {
    assertThat(endsTransport(Role.SERVER, steps)).isEqualTo(server);
    assertThat(endsTransport(Role.CLIENT, steps)).isEqualTo(client);
  }

  private static boolean endsTransport(Role role, String steps) {
    SendingLog log = new SendingLog(role, null);
    log.play(steps);
    return log.sender().endsTransport();
  }
}
