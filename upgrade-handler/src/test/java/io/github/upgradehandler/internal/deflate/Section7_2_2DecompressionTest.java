package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7692 section 7.2.2: what is not a whole message of DEFLATE blocks. Fault F9. */
class Section7_2_2DecompressionTest {

  private static final String HELLO = "f248cdc9c90700";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # of the reserved type
          c1 01 06                                   | fail 1002
          c1 01 07                                   | fail 1002
          # stored, with lengths that do not agree
          c1 06 00 05 00 fb ff 48                    | fail 1002
          # dynamic, with impossible codes
          c1 03 fc ff ff                             | fail 1002
          c1 09 04 80 ff ff ff ff ff ff ff           | fail 1002
          # a distance to before the beginning
          c1 05 f2 00 11 00 00                       | fail 1002
          # a zlib header, and gzip's
          c1 09 78 9c f2 48 cd c9 c9 07 00           | fail 1002
          c1 04 1f 8b 08 00                          | fail 1002
          # plain text that says it is compressed
          c1 05 48656c6c6f                           | fail 1002
          # with the end that is to be left out (section 7.2.1 step 3)
          c1 0b f248cdc9c90700 0000ffff              | fail 1002
          """)
  void invalid(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  /** However the message is cut. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # text that is not UTF-8, then a block of the reserved type
          c1 0b 000500faff bc9a93936f 6f             | fail 1007
          # ..., then data behind the final block
          c1 07 010100feff ff 55                     | fail 1007
          # ..., then the end inside a block
          c1 06 000500faff ff                        | fail 1007
          """)
  void of_two_faults_in_one_message_the_first_counts(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  /** Section 7.1.1.2. */
  @Test
  void a_message_that_builds_on_another_against_what_was_agreed_on() {
    byte[] frames = Frames.bytes("c1 07 f248cdc9c90700  c1 05 f200110000");

    assertThat(CompressedFrames.events(Negotiated.WITHOUT_TAKEOVER, Delivery.WHOLE, frames))
        .containsExactly("text Hello", "fail 1002");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the empty block, in the same frame or in the next one
          c1 08 f348cdc9c90700 00  c1 07 f248cdc9c90700           | text Hello; text Hello
          41 07 f348cdc9c90700  80 01 00  c1 07 f248cdc9c90700    | text Hello; text Hello
          41 07 f348cdc9c90700  00 00  00 01 00  80 00            | text Hello
          # nothing
          c1 07 f348cdc9c90700  c1 07 f248cdc9c90700              | text Hello; text Hello
          # the empty block is itself a final one
          c1 08 f348cdc9c90700 01  c1 07 f248cdc9c90700           | text Hello; text Hello
          c1 0c f248cdc9c907 000000ffff 01  c1 07 f248cdc9c90700  | text Hello; text Hello
          c1 01 01  c1 07 f248cdc9c90700                          | text; text Hello
          """)
  void after_a_final_block_the_next_message_starts_anew(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a second stream
          c1 0e f348cdc9c90700 f348cdc9c90700                     | fail 1002
          41 07 f348cdc9c90700  80 07 f248cdc9c90700              | fail 1002
          # the empty block twice, whole, or with set bits for padding
          c1 09 f348cdc9c90700 00 00                              | fail 1002
          41 08 f348cdc9c90700 00  80 01 00                       | fail 1002
          c1 0c f348cdc9c90700 00 0000ffff                        | fail 1002
          c1 08 f348cdc9c90700 08                                 | fail 1002
          # garbage
          c1 09 f348cdc9c90700 4142                               | fail 1002
          41 08 f348cdc9c90700 00  00 00  80 01 41                | fail 1002
          """)
  void data_behind_a_final_block(String frames, String events) {
    CompressedFrames.assertEvents(frames, events);
  }

  /** Messages to cut off, by the kinds of their blocks. */
  static Stream<byte[]> messages() {
    byte[] text = Texts.compressible(700, 5);
    byte[] noise = Texts.incompressible(700, 5);
    return Stream.of(
        Frames.bytes(HELLO),
        Frames.bytes("f2 48 05 00 00 00 ff ff ca c9 c9 07 00"),
        Frames.bytes("f3 48 cd c9 c9 07 00 00"),
        compressed(Deflater.DEFAULT_STRATEGY, text),
        compressed(Deflater.HUFFMAN_ONLY, text),
        compressed(Deflater.DEFAULT_STRATEGY, noise),
        compressed(Deflater.DEFAULT_STRATEGY, Frames.join(text, noise, text)));
  }

  /**
   * A message that is cut off is refused, or is the beginning of the original where a block ended;
   * in either case the next message has nothing of it.
   */
  @ParameterizedTest
  @MethodSource("messages")
  void cut_off(byte[] message) {
    String original = HexFormat.of().formatHex(new WindowedInflater(15).message(message));
    for (int length = 0; length < message.length; length++) {
      byte[] frames =
          Frames.join(
              Frames.ofServer(Frames.COMPRESSED_BINARY, Arrays.copyOf(message, length)),
              Frames.ofServer(Frames.COMPRESSED_TEXT, Frames.bytes(HELLO)));
      for (boolean takeover : new boolean[] {true, false}) {
        List<String> events =
            CompressedFrames.events(Negotiated.config(takeover), Delivery.WHOLE, frames);

        String as = "the first " + length + " bytes";
        if (events.size() == 1) {
          assertThat(events).as(as).containsExactly("fail 1002");
        } else {
          assertThat(events).as(as).hasSize(2).endsWith("text Hello");
          assertThat("binary " + original).as(as).startsWith(events.get(0));
        }
      }
    }
  }

  @Test
  void cut_off_inside_a_block_is_always_refused() {
    byte[] message = compressed(Deflater.DEFAULT_STRATEGY, Texts.compressible(700, 5));
    for (int length = 1; length < message.length - 1; length++) {
      byte[] frame = Frames.ofServer(Frames.COMPRESSED_BINARY, Arrays.copyOf(message, length));

      assertThat(CompressedFrames.events(Negotiated.WITH_TAKEOVER, Delivery.PARTS, frame))
          .as("the first %d of %d bytes", length, message.length)
          .containsExactly("fail 1002");
    }
  }

  private static byte[] compressed(int strategy, byte[] message) {
    Deflater deflater = new Deflater(9, true);
    deflater.setStrategy(strategy);
    deflater.setInput(message);
    byte[] compressed = new byte[4096];
    int size = 0;
    while (size == 0) { // the first call may do no more than set the strategy
      size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    }
    deflater.end();
    return Arrays.copyOf(compressed, size - 4);
  }
}
