package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.internal.protocol.MessageEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 section 7.2.1). The JDK's deflater has a window of 32 KiB and no
 * other; a smaller one is kept by starting anew after as many bytes of input as it holds, so that
 * no distance can be longer. The blocks that come of it are one DEFLATE stream to the receiver.
 */
final class MessageDeflater implements MessageEncoder {

  /** Each flush ends with an empty stored block; the last one's last four bytes are not sent. */
  private static final int TAIL_BYTES = 4;

  /** What cannot be compressed grows a little, and must fit an array all the same. */
  static final int LONGEST_PAYLOAD = 1 << 30;

  private static final byte[] NOTHING = {};

  private final CodecPool<Deflater> pool;
  private final int window;
  private final boolean keepsContext;
  private @Nullable Deflater leased;
  private byte[] output = NOTHING;
  private int size;
  private int sinceStart;

  MessageDeflater(CodecPool<Deflater> pool, int windowBits, boolean keepsContext) {
    this.pool = pool;
    this.window =
        windowBits == DeflateParameters.LARGEST_WINDOW ? Integer.MAX_VALUE : 1 << windowBits;
    this.keepsContext = keepsContext;
  }

  @Override
  public ByteBuffer encode(ByteBuffer payload, boolean last) {
    if (payload.remaining() > LONGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          "a fragment of "
              + payload.remaining()
              + " bytes cannot be compressed, at most "
              + LONGEST_PAYLOAD
              + " can: send smaller ones (RFC 6455 section 5.4)");
    }
    Deflater deflater = leased == null ? pool.lease() : leased;
    leased = deflater;
    output = new byte[payload.remaining() / 2 + 64];
    size = 0;
    ByteBuffer rest = payload.duplicate();
    do {
      if (sinceStart == window) {
        deflater.reset();
        sinceStart = 0;
      }
      int count = Math.min(rest.remaining(), window - sinceStart);
      deflater.setInput(rest.slice().limit(count));
      rest.position(rest.position() + count);
      if (window != Integer.MAX_VALUE) {
        sinceStart += count;
      }
      flush(deflater);
    } while (rest.hasRemaining());
    ByteBuffer encoded = last ? end() : ByteBuffer.wrap(output, 0, size);
    // An encoder that is kept for its context keeps neither message nor result.
    deflater.setInput(NOTHING);
    output = NOTHING;
    return encoded;
  }

  @Override
  public boolean keepsContext() {
    return keepsContext;
  }

  @Override
  public void release() {
    if (leased != null) {
      pool.giveBack(leased);
      leased = null;
    }
  }

  /** Section 7.2.1 step 3; what has no content is one byte, the header of an empty block. */
  private ByteBuffer end() {
    return size == 0 ? ByteBuffer.allocate(1) : ByteBuffer.wrap(output, 0, size - TAIL_BYTES);
  }

  private void flush(Deflater deflater) {
    int count;
    do {
      if (size == output.length) {
        output = Arrays.copyOf(output, output.length + output.length / 2);
      }
      count = deflater.deflate(output, size, output.length - size, Deflater.SYNC_FLUSH);
      size += count;
    } while (size == output.length);
  }
}
