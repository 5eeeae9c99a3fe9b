package io.github.upgradehandler.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of which nobody knows how many will come. Kept in arrays that are never copied to grow, so
 * that no more is held than may come, at any moment.
 */
final class Pieces {

  private final List<byte[]> arrays = new ArrayList<>(4);
  private int size;
  private int room;

  /**
   * Adds bytes.
   *
   * @param most how many may come at most, these and those before included
   */
  void add(byte[] bytes, int offset, int length, long most) {
    int added = 0;
    while (added < length) {
      if (room == 0) {
        room = (int) Math.min(most - size, Math.max(length - added, size));
        arrays.add(new byte[room]);
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
    if (arrays.size() == 1 && room == 0) {
      return arrays.get(0);
    }
    byte[] joined = new byte[size];
    int position = 0;
    for (byte[] array : arrays) {
      int count = Math.min(array.length, size - position);
      System.arraycopy(array, 0, joined, position, count);
      position += count;
    }
    return joined;
  }
}
