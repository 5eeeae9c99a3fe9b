package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.ProtocolEvents;
import io.github.upgradehandler.internal.protocol.Receiver;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 7692 section 8: what a peer can make this end inflate. Faults F7, F8 and F9. */
class Section8BoundsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PIECE = 16 << 10;
  private static final int RUNS = 4;
  private static final String WITHOUT_TAKEOVER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private final PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITH_TAKEOVER);

  /** F8: 1 MB that would inflate to 1 GiB, in frames that are not too big by themselves. */
  @ParameterizedTest
  @CsvSource({
    "WHOLE,    65536, 16384",
    "WHOLE,   100000, 65536",
    "WHOLE,  1048576, 1048576",
    "WHOLE, 16000000, 2000000",
    "PARTS,    65536, 16384",
    "PARTS,  1048576, 1048576"
  })
  void a_bomb_takes_no_more_memory_than_a_message_and_a_piece(
      Delivery delivery, int maxMessageBytes, int frameBytes) {
    byte[] frames = fragments(Frames.COMPRESSED_BINARY, Bombs.zeros(1024), frameBytes);
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(maxMessageBytes).build();
    Sum events = new Sum();
    long allocated = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) { // the first ones load classes and make the pooled codec
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertThat(receive(config, delivery, frames, events)).isEqualTo(1009);
      allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(allocated)
        .isLessThanOrEqualTo((delivery == Delivery.WHOLE ? maxMessageBytes : 0) + PIECE);
    assertThat(events.bytes).isLessThanOrEqualTo((long) RUNS * maxMessageBytes);
  }

  @Test
  void a_frame_too_big_is_refused_at_its_header() {
    byte[] frame = Frames.ofServer(Frames.COMPRESSED_BINARY, Bombs.zeros(1024));
    int headerBytes = 10;

    assertThat(
            receive(
                WebSocketConfig.defaults(),
                Delivery.WHOLE,
                Arrays.copyOf(frame, headerBytes),
                new Sum()))
        .isEqualTo(1009);
    assertThat(deflate.liveCodecs()).isZero();
  }

  /** F7: what counts is the message inflated. */
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void a_message_of_just_the_bound_and_one_byte_more(Delivery delivery) {
    WebSocketConfig config = withAnyFragments(50_000);
    for (int frameBytes : new int[] {10, 1000, 100_000}) {
      byte[] just = fragments(0xC2, compressed(Texts.compressible(50_000, 1)), frameBytes);
      byte[] more = fragments(0xC2, compressed(Texts.compressible(50_001, 1)), frameBytes);

      assertThat(receive(config, delivery, just, new Sum())).isZero();
      assertThat(receive(config, delivery, more, new Sum())).isEqualTo(1009);
    }
  }

  /** F7: what fits ends inside a code point, which is no fault of the text. */
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void a_text_that_is_too_long_is_too_big_and_not_malformed(Delivery delivery) {
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(3).build();
    byte[] text = {'a', 'a', (byte) 0xC3, (byte) 0xA9};
    byte[] frame = Frames.ofServer(Frames.COMPRESSED_TEXT, compressed(text));

    assertThat(receive(config, delivery, frame, new Sum())).isEqualTo(1009);
  }

  /** F9: compressed data may be longer than its original, but not without end. */
  @ParameterizedTest
  @CsvSource({"65536, 1024", "65536, 16384", "1048576, 1048576", "100, 100"})
  void what_inflates_to_nothing_is_bounded(int maxMessageBytes, int frameBytes) {
    byte[] frames = fragments(Frames.COMPRESSED_BINARY, Bombs.emptyBlocks(400_000), frameBytes);
    WebSocketConfig config = withAnyFragments(maxMessageBytes);
    Receiver protocol = protocol(config, Delivery.WHOLE, new Sum());
    int code = 0;
    try {
      protocol.receive(frames, 0, frames.length);
    } catch (ProtocolException e) {
      code = e.status().code();
    }

    assertThat(code).isEqualTo(1009);
    assertThat(protocol.consumed())
        .isLessThanOrEqualTo(maxMessageBytes + maxMessageBytes / 8 + PIECE + 16 * 1024);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void the_longest_message_in_the_longest_code_passes(Delivery delivery) {
    int length = 64 << 10;
    BitSet bits = new BitSet();
    bits.set(1); // a block of the fixed code, in which FF is nine ones and the end seven zeros
    bits.set(3, 3 + 9 * length);
    int end = 3 + 9 * length + 7 + 3;
    byte[] payload = Arrays.copyOf(bits.toByteArray(), (end + 7) / 8);
    Sum events = new Sum();

    assertThat(
            receive(
                WebSocketConfig.defaults(),
                delivery,
                Frames.ofServer(Frames.COMPRESSED_BINARY, payload),
                events))
        .isZero();
    assertThat(events.bytes).isEqualTo(length);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void the_longest_message_in_the_most_fragments_passes(Delivery delivery) {
    int count = WebSocketConfig.defaults().limits().maxFragments();
    byte[] noise = Texts.incompressible((64 << 10) / count, 1);
    Deflater deflater = new Deflater(0, true);
    byte[] compressed = new byte[200];
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      deflater.setInput(noise);
      int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
      boolean last = i == count - 1;
      int firstByte = (i == 0 ? 0x42 : 0) | (last ? 0x80 : 0);
      frames.writeBytes(
          Frames.ofServer(firstByte, Arrays.copyOf(compressed, last ? size - 4 : size)));
    }
    deflater.end();
    Sum events = new Sum();

    assertThat(receive(WebSocketConfig.defaults(), delivery, frames.toByteArray(), events))
        .isZero();
    assertThat(events.bytes).isEqualTo(64 << 10);
  }

  /** The greater bound for compressed frames is for these alone. */
  @ParameterizedTest
  @CsvSource({"82, 200, 0", "82, 201, 1009", "c2, 201, 0", "c2, 20001, 1009"})
  void the_bound_of_frames(String firstByte, int length, int code) {
    WebSocketConfig config = WebSocketConfig.builder().maxFrameBytes(200).build();
    byte[] frame = Frames.ofServer(Integer.parseInt(firstByte, 16), emptyBlocks(length));

    assertThat(receive(config, Delivery.WHOLE, frame, new Sum())).isEqualTo(code);
  }

  /** The code of the failure, 0 for none; gives back the codecs. */
  private int receive(
      WebSocketConfig config, Delivery delivery, byte[] frames, ProtocolEvents events) {
    Receiver protocol = protocol(config, delivery, events);
    try {
      protocol.receive(frames, 0, frames.length);
      return 0;
    } catch (ProtocolException e) {
      return e.status().code();
    } finally {
      protocol.fail();
    }
  }

  private Receiver protocol(WebSocketConfig config, Delivery delivery, ProtocolEvents events) {
    return new Receiver(
        Role.CLIENT,
        config.limits(),
        Negotiated.extension(Role.CLIENT, deflate, WITHOUT_TAKEOVER),
        delivery,
        events);
  }

  /** A message that is empty: the last block lacks its last four bytes. */
  private static byte[] emptyBlocks(int length) {
    return Arrays.copyOf(Bombs.emptyBlocks(length / 5 + 1), length);
  }

  private static WebSocketConfig withAnyFragments(int maxMessageBytes) {
    return WebSocketConfig.builder()
        .maxMessageBytes(maxMessageBytes)
        .maxFragments(Integer.MAX_VALUE)
        .build();
  }

  private static byte[] compressed(byte[] message) {
    ByteBuffer encoded =
        Negotiated.extension(Role.CLIENT, Negotiated.WITHOUT_TAKEOVER, WITHOUT_TAKEOVER)
            .newEncoder()
            .encode(ByteBuffer.wrap(message), true);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] fragments(int firstByte, byte[] payload, int frameBytes) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int from = 0; from < payload.length; from += frameBytes) {
      int to = Math.min(payload.length, from + frameBytes);
      int opcode = from == 0 ? firstByte & 0x7F : 0;
      int fin = to == payload.length ? 0x80 : 0;
      frames.writeBytes(Frames.ofServer(fin | opcode, Arrays.copyOfRange(payload, from, to)));
    }
    return frames.toByteArray();
  }

  /** Counts what is delivered. */
  private static final class Sum implements ProtocolEvents {
    long bytes;

    @Override
    public void onText(String text) {
      throw new AssertionError("text");
    }

    @Override
    public void onBinary(byte[] message, int offset, int length) {
      bytes += length;
    }

    @Override
    public void onTextPart(String part, boolean last) {
      throw new AssertionError("text");
    }

    @Override
    public void onBinaryPart(byte[] part, int offset, int length, boolean last) {
      bytes += length;
    }

    @Override
    public void onPing(byte[] payload, int offset, int length) {}

    @Override
    public void onPong(byte[] payload, int offset, int length) {}

    @Override
    public void onClose(CloseStatus status) {}

    @Override
    public boolean wantsMore() {
      return true;
    }
  }
}
