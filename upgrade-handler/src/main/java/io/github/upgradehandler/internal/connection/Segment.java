package io.github.upgradehandler.internal.connection;

import java.util.Arrays;

/** Contiguous bytes, the first of which may be written already. */
final class Segment {

  final byte[] bytes;

  /** Whether it is from the pool, so that more may be added and it must be given back. */
  final boolean leased;

  /** Whether its bytes count as sent. */
  final boolean counted;

  int start;
  int end;

  private Segment(byte[] bytes, int end, boolean leased, boolean counted) {
    this.bytes = bytes;
    this.end = end;
    this.leased = leased;
    this.counted = counted;
  }

  /** A new one for the pool, with that capacity. */
  static Segment pooled(int capacity) {
    return new Segment(new byte[capacity], 0, true, true);
  }

  /** A read-only array. */
  static Segment of(byte[] bytes) {
    return new Segment(bytes, bytes.length, false, true);
  }

  /** A read-only array whose bytes do not count as sent. */
  static Segment uncounted(byte[] bytes) {
    return new Segment(bytes, bytes.length, false, false);
  }

  /** What is left of an array: a copy. */
  static Segment copyOf(byte[] bytes, int from, int to) {
    return of(Arrays.copyOfRange(bytes, from, to));
  }

  int remaining() {
    return end - start;
  }

  int free() {
    return leased ? bytes.length - end : 0;
  }
}
