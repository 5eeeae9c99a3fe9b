package io.github.upgradehandler.internal.deflate;

import java.util.zip.Inflater;

/** An inflater and the buffer for what comes out of it, pooled together. */
final class InflateCodec {

  private static final int PIECE_BYTES = 16 << 10;

  private final Inflater inflater = new Inflater(true);
  private final byte[] piece = new byte[PIECE_BYTES];

  Inflater inflater() {
    return inflater;
  }

  byte[] piece() {
    return piece;
  }

  void reset() {
    inflater.reset();
  }

  void end() {
    inflater.end();
  }
}
