package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7692 section 7.2.3, byte for byte. */
class Section7_2_3ExamplesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7.2.3.1 one block               | c1 07 f2 48 cd c9 c9 07 00                            | text Hello
          7.2.3.1 in two frames           | 41 03 f2 48 cd  80 04 c9 c9 07 00                     | text Hello
          7.2.3.2 sharing the window      | c1 07 f2 48 cd c9 c9 07 00  c1 05 f2 00 11 00 00      | text Hello; text Hello
          7.2.3.2 not sharing it          | c1 07 f2 48 cd c9 c9 07 00  c1 07 f2 48 cd c9 c9 07 00 | text Hello; text Hello
          7.2.3.3 block not compressed    | c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00                | text Hello
          7.2.3.4 block with BFINAL 1     | c1 08 f3 48 cd c9 c9 07 00 00                         | text Hello
          7.2.3.5 two blocks              | c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00          | text Hello
          7.2.3.6 empty message           | c1 01 00                                              | text
          """)
  void received(String name, String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  /** The checking receiver of the other tests must agree with the same examples. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one block            | f2 48 cd c9 c9 07 00                   | Hello
          block not compressed | 00 05 00 fa ff 48 65 6c 6c 6f 00       | Hello
          block with BFINAL 1  | f3 48 cd c9 c9 07 00 00                | Hello
          two blocks           | f2 48 05 00 00 00 ff ff ca c9 c9 07 00 | Hello
          empty message        | 00                                     | ''
          """)
  void read_by_the_checking_receiver(String name, String payload, String text) {
    WindowedInflater inflater = new WindowedInflater(15);

    assertThat(inflater.message(Frames.bytes(payload))).asString(US_ASCII).isEqualTo(text);
  }
}
