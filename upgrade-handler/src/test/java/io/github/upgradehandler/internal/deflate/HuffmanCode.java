package io.github.upgradehandler.internal.deflate;

/** A canonical Huffman code (RFC 1951 section 3.2.2), read bit by bit. */
final class HuffmanCode {

  private static final int LONGEST = 15;

  private final int[] counts = new int[LONGEST + 1];
  private final int[] symbols;

  private HuffmanCode(int symbolCount) {
    symbols = new int[symbolCount];
  }

  /** The code in which the symbols, from 0 on, have these lengths; 0 for those that have none. */
  static HuffmanCode of(int[] lengths, int from, int to) {
    HuffmanCode code = new HuffmanCode(to - from);
    for (int i = from; i < to; i++) {
      code.counts[lengths[i]]++;
    }
    code.counts[0] = 0;
    int[] next = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      next[length + 1] = next[length] + code.counts[length];
    }
    for (int i = from; i < to; i++) {
      if (lengths[i] != 0) {
        code.symbols[next[lengths[i]]++] = i - from;
      }
    }
    return code;
  }

  int symbol(Bits bits) {
    int value = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      value |= bits.next();
      if (value - counts[length] < first) {
        return symbols[index + value - first];
      }
      index += counts[length];
      first = (first + counts[length]) << 1;
      value <<= 1;
    }
    throw new IllegalArgumentException("no such code");
  }
}
