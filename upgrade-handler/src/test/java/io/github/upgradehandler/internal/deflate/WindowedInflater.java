package io.github.upgradehandler.internal.deflate;

import java.util.Arrays;

/**
 * A receiver with exactly the window that was agreed on (RFC 7692 section 7.2.2), by the letter of
 * RFC 1951 and without the JDK's inflater, whose window is always the largest. Refuses a distance
 * beyond the window and remembers the largest that came.
 */
public final class WindowedInflater {

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final byte[] LEFT_OUT = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int END_OF_BLOCK = 256;

  private final int window;
  private Bits bits = new Bits(LEFT_OUT);
  private byte[] output = new byte[1 << 16];
  private int size;
  private int messageStart;
  private int largestDistance;

  /** A receiver with a window of two to the power of so many bits. */
  public WindowedInflater(int windowBits) {
    this.window = 1 << windowBits;
  }

  /** Inflates a message, which may build on the ones before. */
  public byte[] message(byte[] payload) {
    bits = new Bits(Frames.join(payload, LEFT_OUT));
    messageStart = size;
    while (!bits.atEnd()) {
      boolean last = bits.next() == 1;
      switch (bits.next(2)) {
        case 0 -> stored();
        case 1 -> compressed(fixedLiterals(), HuffmanCode.of(lengths(30, 5), 0, 30));
        case 2 -> dynamic();
        default -> throw new IllegalArgumentException("block of the reserved type");
      }
      if (last) {
        bits.skipToByte();
      }
    }
    return Arrays.copyOfRange(output, messageStart, size);
  }

  /** What comes next must not build on what came so far. */
  public void forget() {
    size = 0;
  }

  /** The largest distance in all messages. */
  public int largestDistance() {
    return largestDistance;
  }

  private void stored() {
    bits.skipToByte();
    int length = bits.next(16);
    if (bits.next(16) != (~length & 0xFFFF)) {
      throw new IllegalArgumentException("stored block whose lengths do not agree");
    }
    for (int i = 0; i < length; i++) {
      append(bits.next(8));
    }
  }

  private void dynamic() {
    int literals = bits.next(5) + 257;
    int distances = bits.next(5) + 1;
    int codes = bits.next(4) + 4;
    int[] codeLengths = new int[CODE_LENGTH_ORDER.length];
    for (int i = 0; i < codes; i++) {
      codeLengths[CODE_LENGTH_ORDER[i]] = bits.next(3);
    }
    HuffmanCode code = HuffmanCode.of(codeLengths, 0, codeLengths.length);
    int[] lengths = new int[literals + distances];
    int known = 0;
    while (known < lengths.length) {
      int symbol = code.symbol(bits);
      int previous = symbol == 16 ? lengths[known - 1] : 0;
      int times =
          switch (symbol) {
            case 16 -> 3 + bits.next(2);
            case 17 -> 3 + bits.next(3);
            case 18 -> 11 + bits.next(7);
            default -> 1;
          };
      Arrays.fill(lengths, known, known + times, symbol < 16 ? symbol : previous);
      known += times;
    }
    compressed(
        HuffmanCode.of(lengths, 0, literals), HuffmanCode.of(lengths, literals, lengths.length));
  }

  private void compressed(HuffmanCode literals, HuffmanCode distances) {
    for (int symbol = literals.symbol(bits);
        symbol != END_OF_BLOCK;
        symbol = literals.symbol(bits)) {
      if (symbol < END_OF_BLOCK) {
        append(symbol);
        continue;
      }
      int index = symbol - END_OF_BLOCK - 1;
      int length = LENGTH_BASE[index] + bits.next(LENGTH_EXTRA[index]);
      int distanceSymbol = distances.symbol(bits);
      int distance = DISTANCE_BASE[distanceSymbol] + bits.next(Math.max(0, distanceSymbol / 2 - 1));
      if (distance > window || distance > size) {
        throw new IllegalArgumentException(
            "distance " + distance + ", the window is " + window + ", so far came " + size);
      }
      largestDistance = Math.max(largestDistance, distance);
      for (int i = 0; i < length; i++) {
        append(output[size - distance]);
      }
    }
  }

  private void append(int value) {
    if (size == output.length) {
      output = Arrays.copyOf(output, 2 * size);
    }
    output[size++] = (byte) value;
  }

  private static HuffmanCode fixedLiterals() {
    int[] lengths = lengths(288, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    return HuffmanCode.of(lengths, 0, 288);
  }

  private static int[] lengths(int count, int length) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length);
    return lengths;
  }
}
