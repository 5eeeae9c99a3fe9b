package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one message (RFC 7692 section 7.2.2), never more than one piece ahead of its output. */
final class MessageInflater implements MessageDecoder {

  /**
   * What the sender left out (section 7.2.2 step 1), then empty stored blocks. After a whole
   * message they give nothing. After one that is cut off they end up inside of its last block,
   * where they give something or are malformed, since the header of a block, of 290 bytes at most,
   * cannot swallow them all.
   */
  private static final byte[] TAIL = tail(64);

  /** Section 7.2.2 step 1: 00 00 FF FF. */
  private static final int LEFT_OUT_BYTES = 4;

  /** BFINAL in the header of a block. */
  private static final int FINAL = 1;

  private static final byte[] NOTHING = {};

  private final CodecPool<InflateCodec> pool;
  private final InflateCodec codec;
  private boolean begun;
  private boolean padded;

  /** Bytes of the codec's piece that are not handed on yet. */
  private int size;

  // The rest of a payload while no more is wanted.
  private byte[] rest = NOTHING;
  private boolean lastRest;

  /** With a codec of the pool, which {@link #release} gives back. */
  MessageInflater(CodecPool<InflateCodec> pool, InflateCodec codec) {
    this.pool = pool;
    this.codec = codec;
  }

  @Override
  public boolean decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException {
    begun |= length > 0;
    try {
      int left = inflate(bytes, offset, length, output);
      if (left >= 0) {
        rest = Arrays.copyOfRange(bytes, offset + length - left, offset + length);
        lastRest = last;
        return false;
      }
      if (last && begun) {
        end();
      }
    } catch (DataFormatException e) {
      // Hand on what came before first, so that the status does not depend on how it was cut.
      output.accept(codec.piece(), 0, size, false);
      throw ProtocolException.breach(
          "compressed message: " + e.getMessage() + " (RFC 7692 section 7.2)");
    }
    output.accept(codec.piece(), 0, size, last);
    size = 0;
    return true;
  }

  @Override
  public boolean resume(Output output) throws ProtocolException {
    byte[] left = rest;
    rest = NOTHING;
    return decode(left, 0, left.length, lastRest, output);
  }

  @Override
  public boolean keepsContext() {
    return false;
  }

  @Override
  public void release() {
    pool.giveBack(codec);
  }

  /**
   * Hands on full pieces as long as they are wanted.
   *
   * @return how many bytes are left, for later; -1 if everything was inflated
   */
  private int inflate(byte[] bytes, int offset, int length, Output output)
      throws ProtocolException, DataFormatException {
    Inflater inflater = codec.inflater();
    byte[] piece = codec.piece();
    boolean more = true;
    inflater.setInput(bytes, offset, length);
    while (more && !inflater.finished()) {
      int before = size;
      inflate(inflater, piece);
      more = size > before;
      if (size == piece.length) {
        boolean wanted = output.accept(piece, 0, size, false);
        size = 0;
        if (!wanted) {
          int left = inflater.getRemaining();
          inflater.setInput(NOTHING); // the bytes are lent
          return left;
        }
      }
    }
    if (inflater.finished()) {
      int left = inflater.getRemaining();
      checkPadding(bytes, offset + length - left, left);
    }
    inflater.setInput(NOTHING); // the bytes are lent
    return -1;
  }

  /** Also malformed data may give something before its fault. */
  private void inflate(Inflater inflater, byte[] piece) throws DataFormatException {
    long before = inflater.getBytesWritten();
    try {
      inflater.inflate(piece, size, piece.length - size);
    } finally {
      size += (int) (inflater.getBytesWritten() - before);
    }
  }

  /** After a final block only the header of the empty block may come (section 7.2.3.4). */
  private void checkPadding(byte[] bytes, int offset, int length) throws DataFormatException {
    if (length == 0) {
      return;
    }
    if (padded || length > 1 || (bytes[offset] & ~FINAL) != 0) {
      throw new DataFormatException("data after the final block");
    }
    padded = true;
  }

  /** The last empty block, too, may be a final one; it then ends where it should. */
  private void end() throws DataFormatException {
    Inflater inflater = codec.inflater();
    if (!inflater.finished()) {
      inflater.setInput(TAIL);
      boolean gives = inflater.inflate(codec.piece(), size, 1) > 0;
      int expected = inflater.finished() ? TAIL.length - LEFT_OUT_BYTES : 0;
      if (gives || inflater.getRemaining() != expected) {
        throw new DataFormatException("cut off inside a block");
      }
    }
  }

  private static byte[] tail(int emptyBlocks) {
    byte[] emptyBlock = {0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    byte[] tail = new byte[emptyBlock.length * (1 + emptyBlocks) - 1];
    for (int i = 0; i < tail.length; i++) {
      tail[i] = emptyBlock[(i + 1) % emptyBlock.length];
    }
    return tail;
  }
}
