package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.spi.Role;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 8.1: text that is not UTF-8. */
class Section8_1Utf8Test {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the first and the last code point of each length
          410041        | A\u0000A
          7f            | \u007f
          c280          | \u0080
          dfbf          | \u07ff
          e0a080        | \u0800
          efbfbf        | \uffff
          f0908080      | \ud800\udc00
          f48fbfbf      | \udbff\udfff
          # around the surrogates
          ed9fbf        | \ud7ff
          ee8080        | \ue000
          # no characters, but valid
          efb790        | \ufdd0
          efbfbe        | \ufffe
          # what decoders put where bytes are no text, here sent as text
          efbfbd        | \ufffd
          41efbfbd42    | A\ufffdB
          # a byte order mark is a part of the text
          efbbbf41      | \ufeffA
          # words
          cebae1bdb9cf83cebcceb5           | κ\u1f79σμε
          48656c6c6f2dc2b540c39fc3b6c3a4   | Hello-µ@ßöä
          """)
  void valid_text(String hex, String text) {
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        HexFrames.frame(0x81, HexFrames.bytes(hex)),
        List.of(("text " + text).strip()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # bytes that begin nothing                      | failing byte, from 1
          80                                              | 1
          bf                                              | 1
          fe                                              | 1
          ff                                              | 1
          f5                                              | 1
          f8888080 80                                     | 1
          fc848080 8080                                   | 1
          # overlong
          c0af                                            | 1
          c1bf                                            | 1
          e080af                                          | 2
          e09fbf                                          | 2
          f08080af                                        | 2
          f08fbfbf                                        | 2
          # surrogates, single and in pairs
          eda080                                          | 2
          edbfbf                                          | 2
          eda080 edb080                                   | 2
          # above U+10FFFF
          f4908080                                        | 2
          # a continuation byte missing
          c341                                            | 2
          e28241                                          | 3
          f09f9841                                        | 4
          e2c3a9                                          | 2
          # behind a character that stands for such bytes
          efbfbd ff                                       | 4
          # one too many
          c3a9a9                                          | 3
          # behind valid text
          cebae1bdb9cf83cebcceb5 eda080 656469746564      | 13
          4142434445464748 4142434445464748 ff 4142434445 | 17
          """)
  void invalid_text_fails_at_the_byte_that_proves_it(String hex, int failingByte) {
    byte[] text = HexFrames.bytes(hex);
    byte[] frame = HexFrames.frame(0x81, text);
    EveryCut.assertEvents(WebSocketConfig.defaults(), frame, List.of("fail 1007"));
    assertThat(EveryCut.failingByte(Role.CLIENT, frame)).isEqualTo(2 + failingByte);

    byte[] announcingMore = HexFrames.join(new byte[] {0x01, 100}, text);
    EveryCut.assertEvents(WebSocketConfig.defaults(), announcingMore, List.of("fail 1007"));
    assertThat(EveryCut.failingByte(Role.CLIENT, announcingMore)).isEqualTo(2 + failingByte);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a code point cut off by the end of the message
          81 01 c3                        | both | fail 1007
          81 03 41e282                    | both | fail 1007
          81 03 f09f98                    | both | fail 1007
          01 01 c3  80 00                 | both | fail 1007
          01 01 41  00 02 e282  80 00     | both | fail 1007
          # cut apart by fragments, and going on wrongly
          01 01 c3  80 01 41              | both | fail 1007
          01 01 ed  00 00  80 02 a080     | both | fail 1007
          01 02 f490  00 00               | both | fail 1007
          01 01 c3  89 01 a9  80 01 41    | both | ping a9; fail 1007
          # the next message is judged anew
          81 02 c3a9  81 02 a9c3          | both | text é; fail 1007
          # binary messages are not text
          82 01 ff                        | both | binary ff
          02 01 c3  80 01 41              | both | binary c341
          # the message before stays, and a Close frame behind counts
          81 01 41  81 01 ff  88 02 03e8  | both | text A; fail 1007; close 1000
          # nothing else behind does
          81 03 ff4141  81 01 41          | both | fail 1007
          """)
  void messages(String hex, String role, String events) {
    EveryCut.assertEvents(hex, role, events);
  }
}
