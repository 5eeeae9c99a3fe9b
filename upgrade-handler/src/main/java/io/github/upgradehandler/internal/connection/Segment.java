package io.github.upgradehandler.internal.connection;

/** Bytes in a row, of which the first may be done with already. */
final class Segment {

  final byte[] bytes;

  /** Whether it is of the pool, so that more may be added and it must be given back. */
  final boolean leased;

  int start;
  int end;

  private Segment(byte[] bytes, int end, boolean leased) {
    this.bytes = bytes;
    this.end = end;
    this.leased = leased;
  }

  /** A new one for the pool, with room for as much. */
  static Segment pooled(int capacity) {
    return new Segment(new byte[capacity], 0, true);
  }

  /** All of an array that is nobody's to change. */
  static Segment of(byte[] bytes) {
    return new Segment(bytes, bytes.length, false);
  }

  int remaining() {
    return end - start;
  }

  int room() {
    return leased ? bytes.length - end : 0;
  }
}
