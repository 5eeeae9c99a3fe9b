package io.github.upgradehandler.deflate;

import io.github.upgradehandler.frame.ProtocolException;
import io.github.upgradehandler.protocol.MessageDecoder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates messages (RFC 7692 section 7.2.2), never more than one piece ahead of its output. */
final class MessageInflater implements MessageDecoder {

  /**
   * What the sender left out (section 7.2.2 step 1), then empty stored blocks. Behind a whole
   * message they give nothing. Behind one that is cut off they end up inside of its last block,
   * where they give something or are malformed, since the header of a block, of 290 bytes at most,
   * cannot swallow them all.
   */
  private static final byte[] TAIL = tail(64);

  private final CodecPool<InflateCodec> pool;
  private final boolean keepsContext;
  private @Nullable InflateCodec leased;
  private boolean begun;
  private boolean padded;

  MessageInflater(CodecPool<InflateCodec> pool, boolean keepsContext) {
    this.pool = pool;
    this.keepsContext = keepsContext;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException {
    InflateCodec codec = leased == null ? pool.lease() : leased;
    leased = codec;
    begun |= length > 0;
    int size;
    try {
      size = inflate(codec, bytes, offset, length, output);
      if (last && begun) {
        end(codec.inflater());
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
    if (leased != null) {
      pool.giveBack(leased);
      leased = null;
    }
  }

  /** Gives on full pieces; returns how many bytes of the last one are left. */
  private int inflate(InflateCodec codec, byte[] bytes, int offset, int length, Output output)
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
    if (inflater.needsDictionary()) {
      throw malformed("preset dictionary");
    }
    if (inflater.finished()) {
      int behind = inflater.getRemaining();
      checkPadding(bytes, offset + length - behind, behind);
    }
    return size;
  }

  /** Behind a final block only the header of the empty block may come (section 7.2.3.4). */
  private void checkPadding(byte[] bytes, int offset, int length) throws ProtocolException {
    if (length == 0) {
      return;
    }
    if (padded || length > 1 || bytes[offset] != 0) {
      throw malformed("data behind the final block");
    }
    padded = true;
  }

  private static void end(Inflater inflater) throws ProtocolException, DataFormatException {
    if (inflater.finished()) {
      inflater.reset();
      return;
    }
    inflater.setInput(TAIL);
    boolean gives = inflater.inflate(new byte[1]) > 0;
    if (gives || inflater.finished() || inflater.getRemaining() > 0) {
      throw malformed("cut off inside a block");
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
