package io.github.upgradehandler.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.frame.ProtocolException;
import io.github.upgradehandler.frame.Role;
import io.github.upgradehandler.protocol.Extension;
import io.github.upgradehandler.protocol.MessageDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 7692 section 7.2.2: whatever is taken for a message is one, with that content, by the letter
 * of RFC 1951; and the next message knows nothing of what came before. Fault F9.
 */
class Section7_2_2FuzzTest {

  private static final int MUTANTS = 40_000;
  private static final byte[] HELLO = Frames.bytes("f248cdc9c90700");
  private static final byte[] PADDING = {0};

  private final Extension extension =
      Negotiated.extension(Role.SERVER, Negotiated.WITHOUT_TAKEOVER, "permessage-deflate");
  private final Extension keeping =
      Negotiated.extension(Role.SERVER, Negotiated.WITH_TAKEOVER, "permessage-deflate");

  @ParameterizedTest
  @ValueSource(ints = {20, 300, 3000})
  void mutants_of_messages(int length) {
    Random random = new Random(length);
    byte[] message = compressed(Texts.compressible(length, 23));
    int taken = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(message, random);
      byte[] ours = decoded(extension, mutant, random);
      if (ours != null) {
        taken++;
        assertThat(ours).as("mutant %d", i).isEqualTo(byTheLetter(mutant));
      }
    }
    assertThat(taken).as("some are messages all the same").isGreaterThan(100);
  }

  /** The decoder is kept, and is as good as new or has failed. */
  @Test
  void a_message_behind_a_mutant_has_nothing_of_it() throws Exception {
    Random random = new Random(29);
    byte[] message = compressed(Texts.compressible(300, 23));
    int taken = 0;
    for (int i = 0; i < MUTANTS; i++) {
      MessageDecoder decoder = keeping.newDecoder();
      try {
        decode(decoder, mutant(message, random), random);
      } catch (ProtocolException e) {
        decoder.close();
        continue;
      }
      taken++;
      assertThat(decode(decoder, HELLO, random)).asString().isEqualTo("Hello");
      decoder.close();
    }
    assertThat(taken).isGreaterThan(100);
  }

  private static byte[] mutant(byte[] message, Random random) {
    byte[] mutant = message.clone();
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int place = random.nextInt(mutant.length);
      switch (random.nextInt(4)) {
        case 0 -> mutant[place] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[place] = (byte) random.nextInt();
        case 2 -> mutant = Arrays.copyOf(mutant, place + 1);
        default ->
            mutant = Frames.join(mutant, Arrays.copyOf(message, random.nextInt(message.length)));
      }
    }
    return mutant;
  }

  private static byte[] decoded(Extension by, byte[] message, Random random) {
    MessageDecoder decoder = by.newDecoder();
    try {
      return decode(decoder, message, random);
    } catch (ProtocolException e) {
      return null;
    } finally {
      decoder.close();
    }
  }

  /** In two pieces. */
  private static byte[] decode(MessageDecoder decoder, byte[] message, Random random)
      throws ProtocolException {
    ByteArrayOutputStream original = new ByteArrayOutputStream();
    MessageDecoder.Output output =
        (piece, offset, length, last) -> original.write(piece, offset, length);
    int cut = random.nextInt(message.length + 1);
    decoder.decode(message, 0, cut, false, output);
    decoder.decode(message, cut, message.length - cut, true, output);
    return original.toByteArray();
  }

  /** Where a final block is the last, we do not ask for the padding behind it. */
  private static byte[] byTheLetter(byte[] message) {
    try {
      return new WindowedInflater(15).message(message);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return new WindowedInflater(15).message(Frames.join(message, PADDING));
    }
  }

  private static byte[] compressed(byte[] message) {
    Deflater deflater = new Deflater(9, true);
    byte[] compressed = new byte[message.length + 100];
    deflater.setInput(message);
    int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(compressed, size - 4);
  }
}
