package io.github.upgradehandler.internal.deflate;

import java.util.Arrays;
import java.util.zip.Inflater;

/**
 * The end of what a peer has sent, as much as its next message may refer to (RFC 7692 section
 * 7.2.3.2): all that a connection keeps between its messages. It takes no more memory than there
 * was to keep. Confined to one thread at a time.
 */
final class History {

  private static final int SMALLEST = 256;

  /** Zlib's compressor takes 9 where 8 was agreed on. */
  private static final int SMALLEST_WINDOW_BITS = 9;

  private final int windowBytes;
  private byte[] bytes = {};
  private int size;

  /**
   * Of a window as agreed.
   *
   * @param windowBits 8 to 15: the logarithm of its bytes to the base 2
   */
  History(int windowBits) {
    windowBytes = 1 << Math.max(windowBits, SMALLEST_WINDOW_BITS);
  }

  /** What was inflated is part of the history from now on. */
  void append(byte[] inflated, int offset, int length) {
    int added = Math.min(length, windowBytes);
    int kept = Math.min(size, windowBytes - added);
    byte[] target = bytes.length < kept + added ? larger(kept + added) : bytes;
    System.arraycopy(bytes, size - kept, target, 0, kept);
    System.arraycopy(inflated, offset + length - added, target, kept, added);
    bytes = target;
    size = kept + added;
  }

  /** Has an inflater in its initial state go on from here. */
  void restore(Inflater inflater) {
    if (size > 0) {
      inflater.setDictionary(bytes, 0, size);
    }
  }

  private byte[] larger(int least) {
    int doubled = Math.max(SMALLEST, 2 * bytes.length);
    return Arrays.copyOf(bytes, Math.min(windowBytes, Math.max(doubled, least)));
  }
}
