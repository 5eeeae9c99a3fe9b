package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that keeps no context of its own, and a client that was not asked to do without its own
 * (RFC 7692 section 7.1.1.2), as Netty and browsers do.
 */
class ContextInflaterTest {

  private static final String HELLO = "f248cdc9c90700";

  /** Copies five bytes from five bytes back. */
  private static final String AGAIN = "f200110000";

  private final PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITHOUT_TAKEOVER);
  private final Deflater client = new Deflater(Deflater.BEST_COMPRESSION, true);

  @AfterEach
  void end() {
    client.end();
    deflate.close();
    assertThat(deflate.liveCodecs()).as("codecs").isZero();
  }

  private MessageDecoder decoder(String offer) {
    return Negotiated.extension(Role.SERVER, deflate, offer).newDecoder();
  }

  /** Of any size, also none at all, and larger than any window. */
  @Test
  void messages_build_on_all_that_came_before() throws Exception {
    Random random = new Random(7692);
    MessageDecoder decoder = decoder("permessage-deflate");
    for (int i = 0; i < 200; i++) {
      byte[] message =
          Texts.compressible(random.nextInt(i % 10 == 0 ? 100_000 : 500), random.nextInt(3));

      assertThat(inflated(decoder, compressed(message))).isEqualTo(message);
      assertThat(deflate.liveCodecs()).as("all of them in the pool").isEqualTo(1);
    }
    decoder.release();
  }

  /** Also where the earlier message ended with a final block (section 7.2.3.4). */
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void a_message_builds_on_one_with_a_final_block(Delivery delivery) {
    byte[] frames = Frames.bytes("c2 08 f348cdc9c90700 00  c2 05 " + AGAIN + "c2 05" + AGAIN);

    assertThat(CompressedFrames.events(Negotiated.WITH_TAKEOVER, delivery, frames))
        .filteredOn(event -> !event.isEmpty())
        .containsExactly("binary 48656c6c6f", "binary 48656c6c6f", "binary 48656c6c6f");
  }

  /** Inside of a message, and where it is dropped there. */
  @Test
  void a_codec_is_taken_for_a_message_and_given_back() throws Exception {
    MessageDecoder decoder = decoder("permessage-deflate");
    byte[] beginning = Frames.bytes(HELLO.substring(0, 6));
    decoder.decode(beginning, 0, beginning.length, false, (bytes, offset, length, last) -> true);
    MessageDecoder other = decoder("permessage-deflate");
    assertThat(inflated(other, Frames.bytes(HELLO))).asString().isEqualTo("Hello");
    assertThat(deflate.liveCodecs()).isEqualTo(2);

    decoder.release();
    other.release();
  }

  /** Nothing more is wanted after each piece. */
  @Test
  void what_is_held_back_is_remembered_when_it_comes() throws Exception {
    byte[] message = Texts.compressible(100_000, 5);
    MessageDecoder decoder = decoder("permessage-deflate");
    for (int i = 0; i < 3; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MessageDecoder.Output slow =
          (bytes, offset, length, last) -> {
            out.write(bytes, offset, length);
            return last;
          };
      byte[] compressed = compressed(message);
      boolean whole = decoder.decode(compressed, 0, compressed.length, true, slow);
      while (!whole) {
        whole = decoder.resume(slow);
      }
      assertThat(out.toByteArray()).isEqualTo(message);
    }
    decoder.release();
  }

  /** As much as was agreed on, and no more: the history is the window. */
  @ParameterizedTest
  @CsvSource({
    "permessage-deflate; client_max_window_bits, 4096",
    "permessage-deflate; client_max_window_bits=10, 1024",
    // zlib's compressor takes 9 where 8 was agreed on
    "permessage-deflate; client_max_window_bits=8, 512",
    "permessage-deflate, 32768"
  })
  void a_message_may_refer_to_what_is_inside_of_the_window(String offer, int window)
      throws Exception {
    MessageDecoder decoder = decoder(offer);
    byte[] noise = Texts.incompressible(window + 100, 3);
    inflated(decoder, compressed(noise));

    assertThat(inflated(decoder, referringTo(window)))
        .isEqualTo(Arrays.copyOfRange(noise, 100, 103));
    byte[] tooFar = referringTo(window + 1);
    assertThatThrownBy(() -> inflated(decoder, tooFar)).isInstanceOf(ProtocolException.class);
    decoder.release();
  }

  /** A history of few bytes takes few. */
  @Test
  void a_history_takes_what_there_is_to_keep() throws Exception {
    History history = new History(15);
    Inflater inflater = new Inflater(true);
    history.restore(inflater); // nothing so far
    byte[] hello = "Hello".getBytes(StandardCharsets.US_ASCII);
    history.append(hello, 0, hello.length);
    history.restore(inflater);
    byte[] again = Frames.bytes(AGAIN);
    inflater.setInput(again);
    byte[] out = new byte[5];

    assertThat(inflater.inflate(out)).isEqualTo(5);
    assertThat(out).isEqualTo(hello);
    inflater.end();
  }

  /**
   * Three bytes from that far back, in fixed codes (RFC 1951 section 3.2.6), then the empty block
   * that ends a message.
   *
   * @param distance from 5 on
   */
  private static byte[] referringTo(int distance) {
    BitSet bits = new BitSet();
    int logarithm = 31 - Integer.numberOfLeadingZeros(distance - 1);
    int extraBits = logarithm - 1;
    int position = 0;
    position = reversed(bits, position, 0b010, 3);
    position = reversed(bits, position, 1, 7); // a length of three
    position = reversed(bits, position, 2 * logarithm + (((distance - 1) >> extraBits) & 1), 5);
    for (int i = 0; i < extraBits; i++) {
      bits.set(position++, (((distance - 1) >> i) & 1) == 1);
    }
    int blockEndBits = 7;
    int headerBits = 3;
    byte[] message = new byte[(position + blockEndBits + headerBits + 7) / 8];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, message, 0, set.length);
    return message;
  }

  /** Huffman codes begin with their highest bit (section 3.1.1). */
  private static int reversed(BitSet bits, int position, int code, int length) {
    for (int i = 0; i < length; i++) {
      bits.set(position + i, (code >> (length - 1 - i) & 1) == 1);
    }
    return position + length;
  }

  private byte[] compressed(byte[] message) {
    client.setInput(message);
    byte[] out = new byte[message.length + 1000];
    int length = client.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    // Section 7.2.1 step 3; of no bytes zlib makes none (section 7.2.3.6).
    return Arrays.copyOf(out, message.length == 0 ? 1 : length - 4);
  }

  private static byte[] inflated(MessageDecoder decoder, byte[] compressed)
      throws ProtocolException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    decoder.decode(
        compressed,
        0,
        compressed.length,
        true,
        (bytes, offset, length, last) -> {
          out.write(bytes, offset, length);
          return true;
        });
    return out.toByteArray();
  }
}
