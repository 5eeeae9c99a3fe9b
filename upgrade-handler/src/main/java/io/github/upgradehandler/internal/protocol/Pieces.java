package io.github.upgradehandler.internal.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a message that has begun. While their number is unknown they are kept in arrays that
 * are never copied to grow, so that no more is held than may come, at any moment; once the number
 * is known and a good part has come, in one array of just that length.
 */
final class Pieces {

  /** An array of the message's length is made when no more than this many times has come. */
  private static final int FORESIGHT = 4;

  private final List<byte[]> arrays = new ArrayList<>(4);
  private int size;
  private int room;

  /**
   * Adds bytes.
   *
   * @param max how many may come at most, these and those before included
   * @param exact whether so many will come
   */
  void add(byte[] bytes, int offset, int length, long max, boolean exact) {
    int added = 0;
    while (added < length) {
      if (room == 0) {
        if (exact && max <= (long) FORESIGHT * size) {
          join((int) max);
        } else {
          append((int) Math.min(max - size, Math.max(length - added, size)));
        }
      }
      byte[] last = arrays.get(arrays.size() - 1);
      int count = Math.min(room, length - added);
      System.arraycopy(bytes, offset + added, last, last.length - room, count);
      room -= count;
      size += count;
      added += count;
    }
  }

  /** All of them in one array. */
  byte[] join() {
    if (arrays.size() != 1) {
      join(size);
    }
    return arrays.get(0);
  }

  private void append(int length) {
    arrays.add(new byte[length]);
    room = length;
  }

  private void join(int length) {
    byte[] joined = new byte[length];
    int position = 0;
    for (byte[] array : arrays) {
      int count = Math.min(array.length, size - position);
      System.arraycopy(array, 0, joined, position, count);
      position += count;
    }
    arrays.clear();
    arrays.add(joined);
    room = length - size;
  }
}
