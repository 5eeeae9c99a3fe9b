package io.github.upgradehandler.connection;

/** Whole frames in a row, of which the first bytes may be written already. */
final class Segment {

  final byte[] bytes;

  /** Whether the array is of the pool, so that more may be added and it must be given back. */
  final boolean leased;

  int start;
  int end;

  Segment(byte[] bytes, int end, boolean leased) {
    this.bytes = bytes;
    this.end = end;
    this.leased = leased;
  }

  int remaining() {
    return end - start;
  }

  int room() {
    return leased ? bytes.length - end : 0;
  }
}
