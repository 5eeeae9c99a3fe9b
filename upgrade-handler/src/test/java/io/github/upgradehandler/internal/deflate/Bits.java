package io.github.upgradehandler.internal.deflate;

/** Reads numbers bit by bit, the lowest first (RFC 1951 section 3.1.1). */
final class Bits {

  private final byte[] bytes;
  private int position;

  Bits(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == 8 * bytes.length;
  }

  int next() {
    int bit = bytes[position >>> 3] >>> (position & 7) & 1;
    position++;
    return bit;
  }

  int next(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= next() << i;
    }
    return value;
  }

  void skipToByte() {
    position = (position + 7) & ~7;
  }
}
