package io.github.upgradehandler.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.2: the opcodes. */
class OpcodeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # code | opcode       | control
          0      | CONTINUATION | false
          1      | TEXT         | false
          2      | BINARY       | false
          3      |              |
          4      |              |
          5      |              |
          6      |              |
          7      |              |
          8      | CLOSE        | true
          9      | PING         | true
          10     | PONG         | true
          11     |              |
          12     |              |
          13     |              |
          14     |              |
          15     |              |
          """)
  void codes(int code, Opcode opcode, Boolean control) {
    assertThat(Opcode.ofFirstByte(code)).isEqualTo(opcode);
    assertThat(Opcode.ofFirstByte(0xF0 | code)).isEqualTo(opcode);
    if (opcode != null) {
      assertThat(opcode.code()).isEqualTo(code);
      assertThat(opcode.isControl()).isEqualTo(control);
    }
  }
}
