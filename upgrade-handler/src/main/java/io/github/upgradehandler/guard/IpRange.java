package io.github.upgradehandler.guard;

/** Addresses with the same first bits, written {@code 10.0.0.0/8}, {@code ::1} or the like. */
final class IpRange {

  private final byte[] first;
  private final int bits;

  private IpRange(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none; names it
   */
  static IpRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes =
        IpAddress.parse(address).map(IpAddress::bytes).orElseThrow(() -> notARange(text));
    int all = bytes.length * Byte.SIZE;
    try {
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw notARange(text);
      }
      return new IpRange(bytes, bits);
    } catch (NumberFormatException e) {
      throw notARange(text);
    }
  }

  boolean contains(IpAddress address) {
    byte[] bytes = address.bytes();
    if (bytes.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((bytes[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException notARange(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no range of IP addresses such as 10.0.0.0/8, 192.0.2.7 or fd00::/8");
  }
}
