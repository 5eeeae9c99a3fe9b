package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** RFC 6455 sections 5.3 and 10.3. */
class MaskingKeysTest {

  private static final int KEYS = 1000;

  @Test
  void every_key_is_drawn_and_none_comes_twice() {
    ByteBuffer source = ByteBuffer.allocate(2 * KEYS * Integer.BYTES);
    new Random(1).nextBytes(source.array());
    MaskingKeys keys = new MaskingKeys(reading(source.duplicate()));
    for (int i = 0; i < KEYS; i++) {
      assertThat(keys.getAsInt()).isEqualTo(source.getInt());
    }
  }

  private static RandomGenerator reading(ByteBuffer source) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return source.getLong();
      }

      @Override
      public void nextBytes(byte[] bytes) {
        source.get(bytes);
      }
    };
  }
}
