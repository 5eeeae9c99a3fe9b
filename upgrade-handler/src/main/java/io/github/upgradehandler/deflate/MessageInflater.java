package io.github.upgradehandler.deflate;

import io.github.upgradehandler.frame.ProtocolException;
import io.github.upgradehandler.protocol.MessageDecoder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates messages (RFC 7692 section 7.2.2), never more than one piece ahead of its output. */
final class MessageInflater implements MessageDecoder {

  /**
   * What the sender left out (section 7.2.2 step 1), then empty stored blocks. Behind a whole
   * message they give nothing. Behind one that is cut off they end up inside of its last block,
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
  private final boolean keepsContext;
  private final InflateCodec codec;
  private boolean begun;
  private boolean padded;

  MessageInflater(CodecPool<InflateCodec> pool, boolean keepsContext) {
    this.pool = pool;
    this.codec = pool.lease();
    this.keepsContext = keepsContext;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException {
    begun |= length > 0;
    int size;
    try {
      size = inflate(bytes, offset, length, output);
      if (last && begun) {
        end(size);
      }
    } catch (DataFormatException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    if (last) {
      begun = false;
      padded = false;
    }
    output.accept(codec.piece(), 0, size, last);
  }

  @Override
  public boolean keepsContext() {
    return keepsContext;
  }

  @Override
  public void close() {
    pool.giveBack(codec);
  }

  /** Gives on full pieces; returns how many bytes of the last one are left. */
  private int inflate(byte[] bytes, int offset, int length, Output output)
      throws ProtocolException, DataFormatException {
    Inflater inflater = codec.inflater();
    byte[] piece = codec.piece();
    int size = 0;
    int count = 1;
    inflater.setInput(bytes, offset, length);
    while (count > 0 && !inflater.finished()) {
      count = inflater.inflate(piece, size, piece.length - size);
      size += count;
      if (size == piece.length) {
        output.accept(piece, 0, size, false);
        size = 0;
      }
    }
    if (inflater.finished()) {
      int behind = inflater.getRemaining();
      checkPadding(bytes, offset + length - behind, behind);
    }
    inflater.setInput(NOTHING); // the bytes are lent
    return size;
  }

  /** Behind a final block only the header of the empty block may come (section 7.2.3.4). */
  private void checkPadding(byte[] bytes, int offset, int length) throws ProtocolException {
    if (length == 0) {
      return;
    }
    if (padded || length > 1 || (bytes[offset] & ~FINAL) != 0) {
      throw malformed("data behind the final block");
    }
    padded = true;
  }

  /** The last empty block, too, may be a final one; it then ends where it should. */
  private void end(int size) throws ProtocolException, DataFormatException {
    Inflater inflater = codec.inflater();
    if (!inflater.finished()) {
      inflater.setInput(TAIL);
      boolean gives = inflater.inflate(codec.piece(), size, 1) > 0;
      int behind = inflater.finished() ? TAIL.length - LEFT_OUT_BYTES : 0;
      if (gives || inflater.getRemaining() != behind) {
        throw malformed("cut off inside a block");
      }
    }
    if (inflater.finished()) {
      inflater.reset();
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

  private static ProtocolException malformed(String detail) {
    return ProtocolException.breach("compressed message: " + detail + " (RFC 7692 section 7.2)");
  }
}
