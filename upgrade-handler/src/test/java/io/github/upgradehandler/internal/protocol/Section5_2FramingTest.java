package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 5.2: the base framing protocol. */
class Section5_2FramingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # nothing, and what is not finished
                                   -                        | both | nothing
          81                                                | both | nothing
          81 05                                             | both | nothing
          81 05 48656c                                      | both | nothing
          82 7e 00                                          | both | nothing
          82 7f 00000000                                    | both | nothing
          # one frame, and several
          81 00                                             | both | text
          82 00                                             | both | binary
          81 01 41                                          | both | text A
          82 03 00ff80                                      | both | binary 00ff80
          81 01 41  82 01 42  89 01 43  8a 01 44  81 01 45  | both | text A; binary 42; ping 43; pong 44; text E
          81 01 41  81 01                                   | both | text A
          # RSV1, RSV2, RSV3 without an extension
          c1 00                                             | both | fail 1002
          a1 00                                             | both | fail 1002
          91 00                                             | both | fail 1002
          f2 01 00                                          | both | fail 1002
          # on what is no first frame of a message
          01 00  c0 00                                      | both | fail 1002
          c8 00                                             | both | fail 1002; close 1005
          c9 00                                             | both | fail 1002
          9a 00                                             | both | fail 1002
          # lengths not in their shortest form
          82 7e 0000                                        | both | fail 1002
          82 7e 007d                                        | both | fail 1002
          82 7f 0000000000000000                            | both | fail 1002
          82 7f 000000000000007d                            | both | fail 1002
          82 7f 000000000000007e                            | both | fail 1002
          82 7f 000000000000ffff                            | both | fail 1002
          # the top bit of a 64-bit length
          82 7f 8000000000000000                            | both | fail 1002
          82 7f ffffffffffffffff                            | both | fail 1002
          """)
  void framing(String hex, String role, String events) {
    EveryCut.assertEvents(hex.replace("-", ""), role, events);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF})
  void reserved_opcodes_fail_the_connection(int opcode) {
    byte[] frame = {(byte) (0x80 | opcode), 0};
    EveryCut.assertEvents(WebSocketConfig.defaults(), frame, List.of("fail 1002"));
    assertThat(EveryCut.failingByte(Role.CLIENT, frame)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 124, 125, 126, 127, 128, 255, 256, 1000})
  void payloads_of_every_length_form_come_through_every_cut(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        HexFrames.frame(0x82, payload),
        List.of(("binary " + HexFormat.of().formatHex(payload)).strip()));
  }

  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 70_000})
  void large_payloads_come_through_cuts_around_the_header(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] frame = HexFrames.masked(HexFrames.frame(0x82, payload), 0x01020304);
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(length).build();
    String expected = "binary " + HexFormat.of().formatHex(payload);
    for (Delivery delivery : Delivery.values()) {
      Replay replay = new Replay(Role.SERVER, config, delivery);
      for (int cut = 1; cut < 20; cut++) {
        assertThat(replay.play(frame, cut, length / 2, frame.length - cut))
            .extracting(Replay.Moment::event)
            .containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the byte that shows the fault, counted from 1
          83 ff 000000007fffffff 00000000  | 1
          f1 85 00000000 4142434445        | 1
          09 80 00000000                   | 1
          81 05 4142434445                 | 2
          89 fe 007e 00000000              | 2
          82 fe 007d 00000000              | 4
          82 ff ffffffffffffffff 00000000  | 10
          82 ff 000000000000ffff 00000000  | 10
          82 ff 7fffffffffffffff 00000000  | 10
          # whether a fragment may come now, and the message's sum, when the header is complete
          80 81 00000000 41                | 6
          """)
  void the_header_is_refused_at_the_byte_that_shows_the_fault(String hex, int failingByte) {
    assertThat(EveryCut.failingByte(Role.SERVER, HexFrames.bytes(hex))).isEqualTo(failingByte);
  }
}
