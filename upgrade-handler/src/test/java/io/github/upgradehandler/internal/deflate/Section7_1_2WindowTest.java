package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.message.MessageEncoding;
import io.github.upgradehandler.internal.message.SharedFrames;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 7692 sections 7.1.1 and 7.1.2: what is sent keeps the window and the context that were agreed
 * on, as a receiver sees that has no larger window.
 */
class Section7_1_2WindowTest {

  private static final int MIB = 1 << 20;
  private static final int LARGEST_FRAGMENT = 100_000;

  /** Who sends, the window and whether messages may build on each other. */
  record Terms(Role sender, int windowBits, boolean takeover) {

    static Stream<Terms> all() {
      return Stream.of(Role.values())
          .flatMap(
              sender ->
                  IntStream.rangeClosed(8, 15)
                      .boxed()
                      .flatMap(
                          bits ->
                              Stream.of(true, false)
                                  .map(takeover -> new Terms(sender, bits, takeover))));
    }

    Extension extension() {
      String prefix = sender == Role.SERVER ? "server" : "client";
      return Negotiated.extension(
          sender,
          Negotiated.WITH_TAKEOVER,
          "permessage-deflate; "
              + (takeover ? "" : prefix + "_no_context_takeover; ")
              + prefix
              + "_max_window_bits="
              + windowBits);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.upgradehandler.internal.deflate.Section7_1_2WindowTest$Terms#all")
  void no_distance_is_beyond_the_window(Terms terms) {
    Extension extension = terms.extension();
    WindowedInflater receiver = new WindowedInflater(terms.windowBits());
    Random random = new Random(terms.windowBits());
    MessageEncoder encoder = extension.newEncoder();
    for (int message = 0; message < 4; message++) {
      byte[] text = Texts.compressible(message == 0 ? MIB : MIB / 5, 1);
      byte[] compressed =
          message % 2 == 0 ? whole(encoder, text) : fragmented(encoder, text, random);
      if (!terms.takeover()) {
        receiver.forget();
      }
      if (!encoder.keepsContext()) {
        encoder.release();
        encoder = extension.newEncoder();
      }

      assertThat(receiver.message(compressed)).isEqualTo(text);
      assertThat(compressed.length).isLessThan(text.length);
    }
    encoder.release();
    assertThat(receiver.largestDistance())
        .as("the window is also made use of")
        .isGreaterThan((1 << terms.windowBits()) / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void neither_is_one_in_what_is_compressed_for_many(int windowBits) {
    byte[] text = Texts.compressible(MIB, 2);
    MessageEncoding encoding =
        Negotiated.extension(
                Role.SERVER,
                Negotiated.WITHOUT_TAKEOVER,
                "permessage-deflate; server_max_window_bits=" + windowBits)
            .sharedEncoding();
    byte[] frame =
        SharedFrames.frame(
            PreparedMessage.text(new String(text, US_ASCII)), Objects.requireNonNull(encoding));
    WindowedInflater receiver = new WindowedInflater(windowBits);

    Frames.Frame parsed = Frames.parse(frame).get(0);
    assertThat(parsed.firstByte()).isEqualTo(Frames.COMPRESSED_TEXT);
    assertThat(receiver.message(parsed.payload())).isEqualTo(text);
    assertThat(receiver.largestDistance()).isGreaterThan((1 << windowBits) / 2);
  }

  /** Also where the message ends just at, before or behind a new start. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537})
  void messages_of_all_lengths_with_the_smallest_window(int length) {
    for (byte[] message :
        new byte[][] {Texts.compressible(length, 3), Texts.incompressible(length, 3)}) {
      MessageEncoder encoder = new Terms(Role.SERVER, 8, true).extension().newEncoder();
      MessageEncoder byFragments = new Terms(Role.SERVER, 8, true).extension().newEncoder();

      assertThat(new WindowedInflater(8).message(whole(encoder, message))).isEqualTo(message);
      assertThat(
              new WindowedInflater(8)
                  .message(fragmented(byFragments, message, new Random(length), 300)))
          .isEqualTo(message);
      encoder.release();
      byFragments.release();
    }
  }

  private static byte[] whole(MessageEncoder encoder, byte[] message) {
    return bytes(encoder.encode(ByteBuffer.wrap(message), true));
  }

  private static byte[] fragmented(MessageEncoder encoder, byte[] message, Random random) {
    return fragmented(encoder, message, random, LARGEST_FRAGMENT);
  }

  /** The joined payloads of fragments, some of them empty. */
  private static byte[] fragmented(
      MessageEncoder encoder, byte[] message, Random random, int largest) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    ByteBuffer rest = ByteBuffer.wrap(message);
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), random.nextInt(3) == 0 ? 0 : random.nextInt(largest));
      joined.writeBytes(bytes(encoder.encode(rest.slice().limit(count), false)));
      rest.position(rest.position() + count);
    }
    joined.writeBytes(bytes(encoder.encode(ByteBuffer.allocate(0), true)));
    return joined.toByteArray();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
