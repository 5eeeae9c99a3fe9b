package io.github.upgradehandler.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Bytes of unknown number, kept without ever holding more than may come. */
class PiecesTest {

  private static final int MOST = 100_000;

  @RepeatedTest(20)
  void what_was_added_in_any_pieces_is_joined(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextInt(MOST)];
    random.nextBytes(bytes);
    Pieces pieces = new Pieces();
    for (int position = 0; position < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(1 << random.nextInt(16)), bytes.length - position);
      pieces.add(bytes, position, length, bytes.length + random.nextInt(1000));
      position += length;
    }
    assertThat(pieces.join()).isEqualTo(bytes);
  }

  @Test
  void nothing_and_one_piece() {
    Pieces pieces = new Pieces();
    assertThat(pieces.join()).isEmpty();
    pieces.add(new byte[] {1, 2, 3, 4}, 1, 2, MOST);
    assertThat(pieces.join()).containsExactly(2, 3);
  }

  @Test
  void single_bytes_take_no_more_memory_than_may_come() throws Exception {
    byte[] one = {1};
    long allocated =
        Allocations.of(
            () -> {
              Pieces pieces = new Pieces();
              for (int i = 0; i < MOST; i++) {
                pieces.add(one, 0, 1, MOST);
              }
            });
    assertThat(allocated).isLessThan(MOST + 1024);
  }
}
