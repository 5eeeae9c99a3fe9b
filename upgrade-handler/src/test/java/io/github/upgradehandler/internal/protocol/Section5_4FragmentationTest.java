package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.protocol.Replay.Moment;
import io.github.upgradehandler.spi.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.4: messages in fragments. */
class Section5_4FragmentationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a message in two, in three, and in empty fragments
          01 01 41  80 01 42                     | both | text AB
          02 01 01  00 01 02  80 01 03           | both | binary 010203
          01 00  00 00  80 00                    | both | text
          02 00  80 01 ff                        | both | binary ff
          01 02 4142  80 00                      | both | text AB
          # code points cut apart by fragments
          01 01 c3  80 01 a9                     | both | text é
          01 01 f0  00 01 9f  00 00  00 01 98  80 01 80  | both | text 😀
          01 02 e282  00 04 acf09f98  80 01 80   | both | text €😀
          # control frames between fragments take no part in the message
          01 01 41  89 01 50  80 01 42           | both | ping 50; text AB
          01 01 41  8a 00  89 00  80 01 42       | both | pong; ping; text AB
          01 01 c3  89 01 ff  80 01 a9           | both | ping ff; text é
          02 00  88 02 03e8  80 00               | both | close 1000
          # a message that does not end
          01 01 41  00 01 42                     | both | nothing
          # the next message after one in fragments
          01 01 41  80 01 42  81 01 43           | both | text AB; text C
          02 01 41  80 00  01 01 43  80 00       | both | binary 41; text C
          # a continuation without a start
          80 00                                  | both | fail 1002
          00 01 41                               | both | fail 1002
          81 01 41  80 01 42                     | both | text A; fail 1002
          01 01 41  80 01 42  00 01 43           | both | text AB; fail 1002
          # a new message inside a fragmented one
          01 01 41  81 01 42                     | both | fail 1002
          01 01 41  01 01 42                     | both | fail 1002
          01 01 41  02 01 42                     | both | fail 1002
          02 01 41  00 01 42  82 01 43           | both | fail 1002
          # after the failure nothing comes of the message, but a Close frame counts
          01 01 41  81 01 42  80 01 43           | both | fail 1002
          01 01 41  81 01 42  88 02 03e8         | both | fail 1002; close 1000
          """)
  void fragments(String hex, String role, String events) {
    EveryCut.assertEvents(hex, role, events);
  }

  @RepeatedTest(20)
  void any_message_in_any_fragments_with_pings_between(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> expected = new ArrayList<>();
    byte[] frames = {};
    for (int i = 0; i < 3; i++) {
      frames = HexFrames.join(frames, fragmented(random, expected));
    }
    EveryCut.assertEvents(WebSocketConfig.defaults(), frames, expected);
  }

  @RepeatedTest(20)
  void any_message_in_any_fragments_in_any_pieces(RepetitionInfo repetition) {
    Random random = new Random(1000 + repetition.getCurrentRepetition());
    List<String> expected = new ArrayList<>();
    byte[] frames = {};
    for (int i = 0; i < 20; i++) {
      frames = HexFrames.join(frames, fragmented(random, expected));
    }
    int[] cuts = random.ints(30, 0, frames.length).sorted().toArray();
    for (Delivery delivery : Delivery.values()) {
      Replay replay = new Replay(Role.CLIENT, WebSocketConfig.defaults(), delivery);
      assertThat(replay.play(frames, cuts)).extracting(Moment::event).isEqualTo(expected);
    }
  }

  private static byte[] fragmented(Random random, List<String> expected) {
    boolean text = random.nextBoolean();
    byte[] payload = text ? utf8(random) : bytes(random);
    byte[] frames = {};
    int position = 0;
    int opcode = text ? 0x1 : 0x2;
    boolean last = false;
    while (!last) {
      int length = Math.min(random.nextInt(8), payload.length - position);
      last = position + length == payload.length && random.nextBoolean();
      byte[] piece = Arrays.copyOfRange(payload, position, position + length);
      frames = HexFrames.join(frames, HexFrames.frame(opcode | (last ? 0x80 : 0), piece));
      opcode = 0;
      position += length;
      if (!last && random.nextInt(4) == 0) {
        frames = HexFrames.join(frames, HexFrames.frame(0x89, new byte[] {7}));
        expected.add("ping 07");
      }
    }
    expected.add(
        text
            ? "text " + new String(payload, StandardCharsets.UTF_8)
            : "binary " + HexFormat.of().formatHex(payload));
    return frames;
  }

  private static byte[] utf8(Random random) {
    String[] some = {"a", "é", "€", "😀", "z"};
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(some[random.nextInt(some.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }
}
