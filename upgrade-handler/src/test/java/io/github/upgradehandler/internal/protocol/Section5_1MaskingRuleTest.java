package io.github.upgradehandler.internal.protocol;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.1: the client masks, the server does not. */
class Section5_1MaskingRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a server fails the connection upon an unmasked frame, whatever it is
          81 01 41                     | server | fail 1002
          80 00                        | server | fail 1002
          89 00                        | server | fail 1002
          82 7e 0100                   | server | fail 1002
          # a client upon a masked one
          81 81 00000000 41            | client | fail 1002
          8a 80 00000000               | client | fail 1002
          # a Close frame counts all the same
          88 00                        | server | fail 1002; close 1005
          88 02 03e8                   | server | fail 1002; close 1000
          88 80 00000000               | client | fail 1002; close 1005
          # what came before stays
          81 81 00000000 41  81 01 42  | server | text A; fail 1002
          82 80 00000000  88 02 03e9   | server | binary; fail 1002; close 1001
          """)
  void masking(String hex, String role, String events) {
    EveryCut.assertEvents(hex, role, events);
  }
}
