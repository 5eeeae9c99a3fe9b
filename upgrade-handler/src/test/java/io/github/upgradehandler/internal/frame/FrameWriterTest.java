package io.github.upgradehandler.internal.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 5.2, the other way round: what is written, and that it is read as it was. */
class FrameWriterTest {

  private static final int KEY = 0x37FA213D;

  private final Random random = new Random(52);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the RFC's examples
          TEXT         | true  | 00 | Hello | 8105 48656c6c6f | 8185 37fa213d 7f9f4d5158
          TEXT         | false | 00 | Hel   | 0103 48656c     | 0183 37fa213d 7f9f4d
          CONTINUATION | true  | 00 | lo    | 8002 6c6f       | 8082 37fa213d 5b95
          PING         | true  | 00 | Hello | 8905 48656c6c6f | 8985 37fa213d 7f9f4d5158
          PONG         | true  | 00 | Hello | 8a05 48656c6c6f | 8a85 37fa213d 7f9f4d5158
          CLOSE        | true  | 00 | -     | 8800            | 8880 37fa213d
          # RSV bits
          BINARY       | true  | 40 | Hello | c205 48656c6c6f | c285 37fa213d 7f9f4d5158
          BINARY       | false | 70 | -     | 7200            | 7280 37fa213d
          """)
  void frames(
      Opcode opcode, boolean fin, String bits, String payload, String server, String client) {
    byte[] bytes = payload.equals("-") ? new byte[0] : payload.getBytes(US_ASCII);
    int reservedBits = HexFormat.fromHexDigits(bits);
    assertThat(FrameWriter.server().frame(opcode, fin, reservedBits, ByteBuffer.wrap(bytes)))
        .isEqualTo(HexFormat.of().parseHex(server.replace(" ", "")));
    assertThat(
            FrameWriter.client(() -> KEY).frame(opcode, fin, reservedBits, ByteBuffer.wrap(bytes)))
        .isEqualTo(HexFormat.of().parseHex(client.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # payload | server's header       | client's header without its key
          0         | 8200                  | 8280
          1         | 8201                  | 8281
          125       | 827d                  | 82fd
          126       | 827e007e              | 82fe007e
          127       | 827e007f              | 82fe007f
          65535     | 827effff              | 82feffff
          65536     | 827f0000000000010000  | 82ff0000000000010000
          70000     | 827f0000000000011170  | 82ff0000000000011170
          """)
  void lengths_take_their_shortest_form(int length, String server, String client) {
    ByteBuffer payload = ByteBuffer.allocate(length);
    assertHeader(FrameWriter.server(), payload, server, 0);
    assertHeader(FrameWriter.client(() -> KEY), payload, client, Integer.BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
  void what_is_written_is_read_again(int length) throws ProtocolException {
    byte[] payload = random(length);
    for (Opcode opcode : new Opcode[] {Opcode.TEXT, Opcode.BINARY, Opcode.CONTINUATION}) {
      for (boolean fin : new boolean[] {true, false}) {
        assertRead(FrameWriter.server(), Role.CLIENT, opcode, fin, payload);
        assertRead(FrameWriter.client(random::nextInt), Role.SERVER, opcode, fin, payload);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void any_frame_is_read_again(Opcode opcode) throws ProtocolException {
    for (int i = 0; i < 50; i++) {
      byte[] payload = random(random.nextInt(opcode.isControl() ? 126 : 2000));
      boolean fin = opcode.isControl() || random.nextBoolean();
      assertRead(FrameWriter.server(), Role.CLIENT, opcode, fin, payload);
      assertRead(FrameWriter.client(random::nextInt), Role.SERVER, opcode, fin, payload);
    }
  }

  @Test
  void writes_between_what_is_there_already() {
    for (FrameWriter writer :
        new FrameWriter[] {FrameWriter.server(), FrameWriter.client(() -> 7)}) {
      ByteBuffer payload = ByteBuffer.wrap(random(200));
      byte[] frame = writer.frame(Opcode.BINARY, true, 0, payload);
      byte[] target = new byte[frame.length + 10];
      Arrays.fill(target, (byte) 0xEE);
      assertThat(writer.write(Opcode.BINARY, true, 0, payload, target, 5))
          .isEqualTo(5 + frame.length);
      assertThat(Arrays.copyOfRange(target, 5, 5 + frame.length)).isEqualTo(frame);
      for (int i = 0; i < 5; i++) {
        assertThat(target[i]).isEqualTo((byte) 0xEE);
        assertThat(target[target.length - 1 - i]).isEqualTo((byte) 0xEE);
      }
    }
  }

  @Test
  void the_payload_is_position_to_limit_of_any_buffer_and_does_not_change() {
    byte[] bytes = random(20);
    ByteBuffer direct = ByteBuffer.allocateDirect(20).put(bytes);
    for (ByteBuffer buffer :
        new ByteBuffer[] {
          ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes).asReadOnlyBuffer(), direct
        }) {
      buffer.limit(15).position(3);
      byte[] frame = FrameWriter.client(() -> KEY).frame(Opcode.BINARY, true, 0, buffer);
      Masking.apply(frame, 6, 12, KEY);
      assertThat(Arrays.copyOfRange(frame, 6, 18)).isEqualTo(Arrays.copyOfRange(bytes, 3, 15));
      assertThat(buffer.position()).isEqualTo(3);
      assertThat(buffer.limit()).isEqualTo(15);
    }
  }

  @Test
  void every_frame_has_a_key_of_its_own() {
    int[] keys = {0};
    FrameWriter writer = FrameWriter.client(() -> ++keys[0]);
    for (int i = 1; i <= 3; i++) {
      byte[] frame = writer.frame(Opcode.PING, true, 0, ByteBuffer.allocate(0));
      assertThat(ByteBuffer.wrap(frame).getInt(2)).isEqualTo(i);
    }
  }

  @Test
  void the_length_of_a_frame_is_known_beyond_what_an_array_holds() {
    assertThat(FrameWriter.server().frameLength(1L << 40)).isEqualTo((1L << 40) + 10);
    assertThat(FrameWriter.client(() -> 0).frameLength(1L << 40)).isEqualTo((1L << 40) + 14);
  }

  private static void assertHeader(
      FrameWriter writer, ByteBuffer payload, String header, int keyBytes) {
    byte[] frame = writer.frame(Opcode.BINARY, true, 0, payload);
    assertThat(HexFormat.of().formatHex(frame, 0, header.length() / 2)).isEqualTo(header);
    assertThat(frame).hasSize(header.length() / 2 + keyBytes + payload.remaining());
    assertThat(writer.frameLength(payload.remaining())).isEqualTo(frame.length);
  }

  private static void assertRead(
      FrameWriter writer, Role reading, Opcode opcode, boolean fin, byte[] payload)
      throws ProtocolException {
    FrameLog log = new FrameLog();
    FrameReader reader = new FrameReader(reading, log.bounded(70_000, 70_000));
    byte[] frame = writer.frame(opcode, fin, 0, ByteBuffer.wrap(payload));
    reader.read(frame, 0, frame.length);
    assertThat(reader.consumed()).isEqualTo(frame.length);
    assertThat(log.lines)
        .containsExactly(
            opcode + (fin ? " fin" : "") + " rsv=00 length=" + payload.length,
            (HexFormat.of().formatHex(payload) + " last").strip());
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
