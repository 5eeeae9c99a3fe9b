package io.github.upgradehandler.internal.deflate;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Compressed messages that are far larger inflated, or that are nothing at all. */
public final class Bombs {

  private static final int MIB = 1 << 20;
  private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xFF, (byte) 0xFF};

  private Bombs() {}

  /** So many MiB of zeros, in some 1030 bytes each. */
  public static byte[] zeros(int mebibytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[MIB]);
    byte[] piece = new byte[4096];
    int size = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
    deflater.end();
    return repeated(Arrays.copyOf(piece, size), mebibytes);
  }

  /** Blocks without content. */
  public static byte[] emptyBlocks(int count) {
    return repeated(EMPTY_BLOCK, count);
  }

  private static byte[] repeated(byte[] piece, int times) {
    byte[] repeated = new byte[times * piece.length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, repeated, i * piece.length, piece.length);
    }
    return repeated;
  }
}
