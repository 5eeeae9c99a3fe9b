package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 9.2: messages that an extension transformed, here into counts and bytes. */
class Section9_2ExtensionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # RSV1 marks a transformed message
          c1 02 0341                              | text AAA
          c1 04 0341 0142                         | text AAAB
          c1 00                                   | text
          c2 02 02ff                              | binary ffff
          # and the others stay as they are
          81 02 0341                              | text \u0003A
          c1 02 0241  81 01 42  c1 02 0143        | text AA; text B; text C
          # a message in fragments is marked on the first, and transformed as one
          41 02 0341  80 02 0242                  | text AAABB
          41 01 03  89 00  80 01 41               | ping; text AAA
          42 00  00 01 01  00 01 ff  80 00        | binary ff
          01 01 41  c0 00                         | fail 1002
          41 02 0141  c0 02 0141                  | fail 1002
          # the other bits have no meaning, and on control frames none has
          a1 00                                   | fail 1002
          d1 00                                   | fail 1002
          c9 00                                   | fail 1002
          # what comes of it is judged
          c1 04 01c3 01a9                         | text é
          c1 02 01ff                              | fail 1007
          c1 02 01c3                              | fail 1007
          41 02 01c3  80 02 0141                  | fail 1007
          c2 02 01ff                              | binary ff
          # and must be well-formed
          c1 01 03                                | fail 1002
          c1 03 0341 02  88 00                    | fail 1002; close 1005
          """)
  void transformed(String hex, String events) {
    for (boolean keepsContext : new boolean[] {false, true}) {
      RunLengthExtension extension = new RunLengthExtension(keepsContext);
      EveryCut.assertExtended(
          WebSocketConfig.defaults(),
          role -> extension,
          HexFrames.bytes(hex),
          EveryCut.parse(events));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # at most 300 bytes of original
          c2 04 ff00 2d00                         | whole
          c2 04 ff00 2e00                         | fail 1009
          42 02 ff00  80 02 2d00                  | whole
          42 02 ff00  80 02 2e00                  | fail 1009
          42 02 ff00  00 02 2e00                  | fail 1009
          # so at most 600 on the wire
          c2 7e 0258                              | nothing
          c2 7e 0259                              | fail 1009
          42 02 0000  80 7e 0256                  | nothing
          42 02 0000  80 7e 0257                  | fail 1009
          # text that is not UTF-8 before it is too long
          c1 04 6461 ffff                         | fail 1007
          # an original has no more on the wire than it is
          82 7e 012d                              | fail 1009
          02 01 00  80 7e 012c                    | fail 1009
          """)
  void bounds(String hex, String outcome) {
    RunLengthExtension extension = new RunLengthExtension(false);
    EveryCut.assertExtended(
        WebSocketConfig.builder().maxMessageBytes(300).build(),
        role -> extension,
        HexFrames.bytes(hex),
        EveryCut.parse(outcome.equals("whole") ? "binary " + "00".repeat(300) : outcome));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # frames                       | keeps context | opened | still open
          81 01 41                       | false         | 0      | 0
          c1 02 0141                     | false         | 1      | 0
          c1 02 0141  c1 02 0142         | false         | 2      | 0
          41 02 0141                     | false         | 1      | 1
          41 02 0141  80 00              | false         | 1      | 0
          41 02 0141  88 00              | false         | 1      | 0
          41 02 0141  83 00              | false         | 1      | 0
          c1 02 01ff                     | false         | 1      | 0
          c1 02 0141                     | true          | 1      | 1
          c1 02 0141  c1 02 0142         | true          | 1      | 1
          c1 02 0141  88 00              | true          | 1      | 0
          c1 02 0141  83 00  88 00       | true          | 1      | 0
          c1 02 01ff                     | true          | 1      | 0
          """)
  void a_decoder_lives_as_long_as_it_is_needed(
      String hex, boolean keepsContext, int opened, int stillOpen) {
    for (Delivery delivery : Delivery.values()) {
      RunLengthExtension extension = new RunLengthExtension(keepsContext);
      new Replay(Role.CLIENT, WebSocketConfig.defaults(), extension, delivery, false)
          .playOpen(HexFrames.bytes(hex));
      assertThat(extension.opened).isEqualTo(opened);
      assertThat(extension.opened - extension.closed).isEqualTo(stillOpen);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failing_frees_the_decoder(boolean keepsContext) throws Exception {
    RunLengthExtension extension = new RunLengthExtension(keepsContext);
    Receiver protocol =
        new Receiver(
            Role.CLIENT,
            WebSocketConfig.defaults().limits(),
            extension,
            Delivery.WHOLE,
            new CountingEvents());
    protocol.receive(HexFrames.bytes("41 02 0141"), 0, 4);
    assertThat(extension.closed).isZero();
    protocol.fail();
    protocol.fail();
    assertThat(extension.closed).isEqualTo(1);
  }

  @Test
  void without_an_extension_no_bit_is_let_pass() {
    EveryCut.assertEvents(
        WebSocketConfig.defaults(), HexFrames.bytes("c1 02 0341"), List.of("fail 1002"));
  }
}
