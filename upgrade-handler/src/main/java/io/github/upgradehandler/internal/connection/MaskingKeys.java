package io.github.upgradehandler.internal.connection;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * The masking keys of a client's frames: a new one for each (section 5.3). They are drawn in
 * advance, many with one call, since an unpredictable source is slow. Thread-safe.
 */
final class MaskingKeys implements IntSupplier {

  private static final int DRAWN_AT_ONCE = 64;

  private final RandomGenerator random; // guarded by this, since it need not be thread-safe
  private final byte[] bytes = new byte[DRAWN_AT_ONCE * Integer.BYTES];
  private final ByteBuffer drawn = ByteBuffer.wrap(bytes).position(bytes.length);

  MaskingKeys(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public synchronized int getAsInt() {
    if (!drawn.hasRemaining()) {
      random.nextBytes(bytes);
      drawn.clear();
    }
    return drawn.getInt();
  }
}
