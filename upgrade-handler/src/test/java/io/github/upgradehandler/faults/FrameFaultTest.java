package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.deflate.Bombs;
import io.github.upgradehandler.internal.deflate.Frames;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.servlet.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames and messages (RFC 6455 section 5) that must not be. The masking key is 00000000. */
class FrameFaultTest extends FaultTest {

  private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

  private final RecordedEcho echo = new RecordedEcho();

  FrameFaultTest(Container container) {
    super(container);
  }

  @BeforeEach
  void serve() throws Exception {
    serve(handshake -> echo, Map.of("compression", "true"));
  }

  @Test
  void F1_length_with_the_top_bit_set() throws Exception {
    assertFails("82ff ffffffffffffffff 00000000", 1002);
  }

  @Test
  void F2_length_of_2_to_63_minus_1() throws Exception {
    assertFails("82ff 7fffffffffffffff 00000000", 1009);
  }

  @Test
  void F3_reserved_opcode_with_a_huge_length() throws Exception {
    assertFails("83ff 000000007fffffff 00000000", 1002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "82fe 007d 00000000",
        "82ff 000000000000007d 00000000",
        "82ff 000000000000ffff 00000000"
      })
  void F4_length_not_in_its_shortest_form(String frame) throws Exception {
    assertFails(frame, 1002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8101 41", // not masked
        "9180 00000000", // RSV3
        "a180 00000000", // RSV2
        "c180 00000000", // RSV1 without compression
        "c980 00000000", // RSV1 on a ping
        "8380 00000000", // reserved opcodes
        "8b80 00000000",
        "0980 00000000", // fragmented ping
        "89fe 007e 00000000", // ping of 126 bytes
        "8080 00000000", // continuation of nothing
        "0180 00000000 8180 00000000" // message inside a message
      })
  void F5_frames_that_must_not_be(String frames) throws Exception {
    assertFails(frames, 1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void F6_fragments_without_end(int length) throws Exception {
    byte[] fragment = frame(Opcode.CONTINUATION, false, new byte[length]);
    byte[][] fragments = new byte[1100][];
    Arrays.fill(fragments, fragment);
    fragments[0] = frame(Opcode.BINARY, false, new byte[length]);
    assertFails(concat(fragments), 1008);
  }

  @Test
  void F7_fragments_that_are_too_big_together() throws Exception {
    assertFails(
        concat(
            frame(Opcode.BINARY, false, new byte[40_000]),
            frame(Opcode.CONTINUATION, false, new byte[40_000])),
        1009);
  }

  /** What it takes of memory is measured by CompressionBombTest and Section8BoundsTest. */
  @Test
  void F8_compression_bomb() throws Exception {
    RawClient client = open(DEFLATE);
    byte[] bomb = Arrays.copyOf(Bombs.zeros(128), 60_000);
    client.send(Frames.ofClient(Frames.COMPRESSED_BINARY, bomb));
    assertThat(client.next().closeCode()).isEqualTo(1009);
    client.answerClose(1009);
  }

  @ParameterizedTest
  @CsvSource({
    "06, reserved block type",
    "f348cdc9c90700f348cdc9c90700, second stream behind a final block",
    "f348cdc9c9070055, data behind a final block",
    "f248cd, cut off"
  })
  void F9_malformed_compressed_data(String payload, String what) throws Exception {
    RawClient client = open(DEFLATE);
    client.send(Frames.ofClient(Frames.COMPRESSED_BINARY, hex(payload)));
    assertThat(client.next().closeCode()).as(what).isEqualTo(1002);
    client.answerClose(1002);
  }

  @Test
  void F9_compressed_data_that_inflates_to_nothing() throws Exception {
    RawClient client = open(DEFLATE);
    byte[] nothing = Bombs.emptyBlocks(12_000);
    client.send(
        Frames.ofClient(0x42, nothing), Frames.ofClient(0, nothing), Frames.ofClient(0, nothing));
    assertThat(client.next().closeCode()).isEqualTo(1009);
    client.answerClose(1009);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8182 00000000 c080", // overlong
        "81ff 0000000000010000 00000000 e080", // in an unfinished frame
        "8190 00000000 41eda0", // surrogate
        "8190 00000000 41f490", // above U+10FFFF
        "0181 00000000 e0 0085 00000000 80", // across fragments
        "8181 00000000 c3", // cut off
        "8883 00000000 03e8ff" // in a Close frame
      })
  void F10_invalid_utf_8(String frames) throws Exception {
    assertFails(frames, 1007);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "03", "0000", "03e7", "03ec", "03ed", "03ee", "03f7", "03f8", "0bb7", "1388", "ffff"
      })
  void F11_malformed_close_frames(String payload) throws Exception {
    assertFails(frame(Opcode.CLOSE, true, hex(payload)), 1002);
  }

  @Test
  void F12_every_byte_in_a_segment_of_its_own() throws Exception {
    RawClient client = connect();
    byte[] bytes =
        concat(
            RawClient.handshake("/socket").getBytes(ISO_8859_1),
            text("Hello"),
            hex("0182 01020304 6067 8980 00000000 8081 01020304 62"),
            close(1000, "bye"));
    for (byte b : bytes) {
      client.send(new byte[] {b});
    }
    assertThat(client.readReply().status()).isEqualTo(101);
    assertThat(client.next()).hasToString("text Hello");
    assertThat(client.next()).hasToString("pong");
    assertThat(client.next()).hasToString("text aec");
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8181 00000000 41", "8980 00000000", "8882 00000000 03e9", "83ff"})
  void F13_frames_behind_a_close_frame(String behind) throws Exception {
    RawClient client = open();
    client.send(close(1000, ""), hex(behind));
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
  }

  private void assertFails(String frames, int code) throws Exception {
    assertFails(hex(frames), code);
  }

  /** The peer learns why before TCP ends, and another connection lives on. */
  private void assertFails(byte[] frames, int code) throws IOException {
    RawClient other = open();
    RawClient client = open();
    client.send(frames);
    assertThat(client.next().closeCode()).isEqualTo(code);
    client.finish();
    assertThat(client.isEnded()).isTrue();
    other.send(text("still here"));
    assertThat(other.next()).hasToString("text still here");
  }
}
