package io.github.upgradehandler.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 5.3: masking, compared with a loop that does what the section says. */
class Section5_3MaskingTest {

  private static final int LONGEST = 40;
  private static final int KEY = 0x37FA213D;

  private final Random random = new Random(53);

  @Test
  void all_alignments_lengths_and_phases_of_the_key() {
    for (int key : new int[] {KEY, 1, 0x80000000, 0xFF, -1, 0}) {
      for (int offset = 0; offset < 16; offset++) {
        for (int length = 0; length <= LONGEST; length++) {
          for (int phase = 0; phase < 4; phase++) {
            byte[] bytes = random(offset + length + 16);
            byte[] expected = bytes.clone();
            naive(expected, offset, length, key, phase);
            int behind = Masking.apply(bytes, offset, length, Integer.rotateLeft(key, 8 * phase));
            assertThat(bytes).isEqualTo(expected);
            assertThat(behind).isEqualTo(Integer.rotateLeft(key, 8 * (phase + length)));
          }
        }
      }
    }
  }

  @Test
  void a_payload_in_pieces_is_masked_as_one() {
    for (int cut = 0; cut <= LONGEST; cut++) {
      byte[] bytes = random(LONGEST);
      byte[] expected = bytes.clone();
      naive(expected, 0, LONGEST, KEY, 0);
      int behind = Masking.apply(bytes, 0, cut, KEY);
      Masking.apply(bytes, cut, LONGEST - cut, behind);
      assertThat(bytes).isEqualTo(expected);
    }
  }

  @Test
  void masking_twice_is_unmasking() {
    byte[] bytes = random(1001);
    byte[] original = bytes.clone();
    Masking.apply(bytes, 0, bytes.length, KEY);
    assertThat(bytes).isNotEqualTo(original);
    Masking.apply(bytes, 0, bytes.length, KEY);
    assertThat(bytes).isEqualTo(original);
  }

  /** transformed-octet-i = original-octet-i XOR masking-key-octet-(i MOD 4). */
  private static void naive(byte[] bytes, int offset, int length, int key, int phase) {
    byte[] octets = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
    for (int i = 0; i < length; i++) {
      bytes[offset + i] ^= octets[(phase + i) % 4];
    }
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
