package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 7692 section 6: RSV1 on the first frame says that a message is compressed; fragments and
 * control frames between them are as ever. However the bytes are cut: fault F12.
 */
class Section6FramingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # plain and compressed messages take turns
          81 05 48656c6c6f  c1 07 f248cdc9c90700  81 05 48656c6c6f  c1 05 f200110000 | text Hello; text Hello; text Hello; text Hello
          82 01 00  c2 07 f248cdc9c90700                             | binary 00; binary 48656c6c6f
          # every fragment may be of any length, also of none
          41 01 f2  00 01 48  00 01 cd  00 01 c9  00 01 c9  00 01 07  80 01 00 | text Hello
          41 00  00 00  00 07 f248cdc9c90700  00 00  80 00           | text Hello
          41 07 f248cdc9c90700  80 00                                | text Hello
          41 00  80 01 00                                            | text
          c1 00                                                      | text
          41 00  80 00                                               | text
          c2 01 00  c2 01 00                                         | binary; binary
          # control frames between fragments
          41 03 f248cd  89 01 07  00 02 c9c9  8a 00  80 02 0700  c1 05 f200110000 | ping 07; pong; text Hello; text Hello
          41 03 f248cd  88 02 03e8                                   | close 1000
          # a compressed message whose first frame is of one that is fragmented and plain
          01 05 48656c6c6f  80 00  c1 07 f248cdc9c90700              | text Hello; text Hello
          """)
  void messages(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # RSV1 on a continuation
          41 03 f248cd  c0 04 c9c90700 | fail 1002
          41 03 f248cd  40 02 c9c9     | fail 1002
          01 01 48      c0 01 00       | fail 1002
          # RSV1 on a control frame
          c9 00                        | fail 1002
          ca 00                        | fail 1002
          c8 00                        | fail 1002; close 1005
          41 03 f248cd  c9 00          | fail 1002
          # RSV2 and RSV3 have no meaning, with RSV1 or without
          e1 07 f248cdc9c90700         | fail 1002
          d1 07 f248cdc9c90700         | fail 1002
          a1 00                        | fail 1002
          # a message inside of another
          41 03 f248cd  c1 07 f248cdc9c90700 | fail 1002
          41 03 f248cd  81 00          | fail 1002
          """)
  void breaches(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  /** Fault F10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # 41 ff; e2 82 cut off at the end; the surrogate ed a0 80; c3 | a9 over two fragments
          c1 08 00 02 00 fd ff 41 ff 00               | fail 1007
          c1 08 00 02 00 fd ff e2 82 00               | fail 1007
          c1 09 00 03 00 fc ff ed a0 80 00            | fail 1007
          41 06 00 02 00 fd ff c3  80 02 a9 00        | text é
          41 06 00 02 00 fd ff c3  80 02 41 00        | fail 1007
          # known to be bad before the message ends
          41 07 00 ff ff 00 00 41 ff                  | fail 1007
          """)
  void text_is_checked_as_it_is_inflated(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  @Test
  void a_text_of_many_code_points_whose_context_goes_on() {
    String text = "äöü€𝄞 ".repeat(20);
    Deflater deflater = new Deflater(9, true);
    List<byte[]> frames = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (int message = 0; message < 3; message++) {
      byte[] compressed = compressed(deflater, text.getBytes(UTF_8));
      int half = compressed.length / 2;
      frames.add(Frames.ofServer(0x41, Arrays.copyOf(compressed, half)));
      frames.add(Frames.ofServer(0x80, Arrays.copyOfRange(compressed, half, compressed.length)));
      events.add("text " + text.strip());
    }
    deflater.end();

    CompressedFrames.assertEvents(Frames.join(frames.toArray(byte[][]::new)), events);
  }

  private static byte[] compressed(Deflater deflater, byte[] message) {
    byte[] compressed = new byte[1024];
    deflater.setInput(message);
    int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(compressed, size - 4);
  }
}
