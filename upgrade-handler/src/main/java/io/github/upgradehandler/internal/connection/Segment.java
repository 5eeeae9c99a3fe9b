package io.github.upgradehandler.internal.connection;

/** Contiguous bytes, the first of which may be written already. */
final class Segment {

  final byte[] bytes;

  /** Whether it is from the pool, so that more may be added and it must be given back. */
  final boolean leased;

  int start;
  int end;

  private Segment(byte[] bytes, int end, boolean leased) {
    this.bytes = bytes;
    this.end = end;
    this.leased = leased;
  }

  /** A new one for the pool, with that capacity. */
  static Segment pooled(int capacity) {
    return new Segment(new byte[capacity], 0, true);
  }

  /** A read-only array. */
  static Segment of(byte[] bytes) {
    return new Segment(bytes, bytes.length, false);
  }

  int remaining() {
    return end - start;
  }

  int free() {
    return leased ? bytes.length - end : 0;
  }
}
