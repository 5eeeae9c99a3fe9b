package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * RFC 7692 section 7.2.2, fault F9: whatever comes is refused or inflates to its true content, by
 * the letter of RFC 1951; and the next message knows nothing of what came before.
 */
class InflaterFuzz {

  /** RFC 7692 section 7.2.3.1. */
  private static final byte[] HELLO = Frames.bytes("f248cdc9c90700");

  private static final byte[] PADDING = {0};

  /** Larger ones tell nothing new, and take long by the letter. */
  private static final int LARGEST_CONTENT = 64 << 10;

  private final Extension extension =
      Negotiated.extension(Role.SERVER, Negotiated.WITHOUT_TAKEOVER, "permessage-deflate");
  private final Extension keeping =
      Negotiated.extension(Role.SERVER, Negotiated.WITH_TAKEOVER, "permessage-deflate");

  @FuzzTest
  void messages(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    int cut = (input[0] & 0xFF) % (message.length + 1);
    byte[] whole = decoded(extension, message, 0);
    assertThat(decoded(extension, message, cut)).as("cut at %d", cut).isEqualTo(whole);
    if (whole != null && whole.length <= LARGEST_CONTENT) {
      assertThat(whole).isEqualTo(byTheLetter(message));
      assertNextKnowsNothing(message, cut);
    }
  }

  /** The decoder is kept, and is as good as new. */
  private void assertNextKnowsNothing(byte[] message, int cut) throws Exception {
    MessageDecoder decoder = keeping.newDecoder();
    try {
      decode(decoder, message, cut);
      assertThat(decode(decoder, HELLO, 0)).asString().isEqualTo("Hello");
    } finally {
      decoder.release();
    }
  }

  private static byte @Nullable [] decoded(Extension by, byte[] message, int cut) {
    MessageDecoder decoder = by.newDecoder();
    try {
      return decode(decoder, message, cut);
    } catch (ProtocolException e) {
      return null;
    } finally {
      decoder.release();
    }
  }

  /** In two pieces. */
  private static byte[] decode(MessageDecoder decoder, byte[] message, int cut)
      throws ProtocolException {
    ByteArrayOutputStream original = new ByteArrayOutputStream();
    MessageDecoder.Output output =
        (piece, offset, length, last) -> {
          original.write(piece, offset, length);
          if (original.size() > 2 * LARGEST_CONTENT) {
            throw ProtocolException.tooBig("a bound", "for this test");
          }
          return true;
        };
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
}
