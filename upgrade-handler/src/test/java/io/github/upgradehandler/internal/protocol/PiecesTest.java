package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a message, kept without ever holding more than may come. */
class PiecesTest {

  private static final int MOST = 100_000;
  private static final int SMALL = 1024;

  @RepeatedTest(20)
  void what_was_added_in_any_pieces_is_joined(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextInt(MOST)];
    random.nextBytes(bytes);
    boolean knownAtLast = random.nextBoolean();
    int knownFrom = random.nextInt(MOST);
    Pieces pieces = new Pieces();
    for (int position = 0; position < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(1 << random.nextInt(16)), bytes.length - position);
      boolean known = knownAtLast && position >= knownFrom;
      int most = bytes.length + (known ? 0 : random.nextInt(1000));
      pieces.add(bytes, position, length, most, known);
      position += length;
    }
    assertThat(pieces.join()).isEqualTo(bytes);
  }

  @Test
  void nothing_and_one_piece() {
    Pieces pieces = new Pieces();
    assertThat(pieces.join()).isEmpty();
    pieces.add(new byte[] {1, 2, 3, 4}, 1, 2, MOST, false);
    assertThat(pieces.join()).containsExactly(2, 3);
  }

  @Test
  void single_bytes_of_unknown_number_take_no_more_memory_than_may_come() throws Exception {
    byte[] one = {1};
    long allocated =
        Allocations.of(
            () -> {
              Pieces pieces = new Pieces();
              for (int i = 0; i < MOST; i++) {
                pieces.add(one, 0, 1, MOST, false);
              }
            });
    assertThat(allocated).isLessThan(MOST + SMALL);
  }

  /** What came before the length was worth relying on, then one array for the rest. */
  @ParameterizedTest
  @CsvSource({"24999, 24999", "25000, 25000", "25001, 125001", "100000, 125000"})
  void a_known_number_takes_an_array_of_it_once_a_quarter_has_come(int come, int bytes)
      throws Exception {
    byte[] quarter = new byte[MOST / 4];
    long allocated =
        Allocations.of(
            () -> {
              Pieces pieces = new Pieces();
              for (int rest = come; rest > 0; rest -= quarter.length) {
                pieces.add(quarter, 0, Math.min(rest, quarter.length), MOST, true);
              }
              if (come == MOST) {
                pieces.join();
              }
            });
    assertThat(allocated).isBetween((long) bytes, (long) bytes + SMALL);
  }
}
