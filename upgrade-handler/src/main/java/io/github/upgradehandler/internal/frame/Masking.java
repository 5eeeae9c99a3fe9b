package io.github.upgradehandler.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking algorithm (section 5.3), in place; masking and unmasking are the same. */
public final class Masking {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masking() {}

  /**
   * Masks or unmasks a run of payload, eight bytes at a time.
   *
   * @param key the four bytes of the masking key, the one for the run's first byte uppermost
   * @return the key for the byte after the run
   */
  public static int apply(byte[] bytes, int offset, int length, int key) {
    if (key == 0) {
      return 0;
    }
    int position = offset;
    int end = offset + length;
    long doubled = ((long) key << 32) | (key & 0xFFFFFFFFL);
    for (int last = end - Long.BYTES; position <= last; position += Long.BYTES) {
      LONGS.set(bytes, position, (long) LONGS.get(bytes, position) ^ doubled);
    }
    int rotated = key;
    for (; position < end; position++) {
      bytes[position] ^= (byte) (rotated >>> 24);
      rotated = Integer.rotateLeft(rotated, 8);
    }
    return rotated;
  }
}
