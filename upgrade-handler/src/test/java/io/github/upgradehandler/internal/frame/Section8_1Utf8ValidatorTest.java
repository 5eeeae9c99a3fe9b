package io.github.upgradehandler.internal.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 8.1: the validator, compared with the JDK. */
class Section8_1Utf8ValidatorTest {

  private static final Utf8Oracle ORACLE = new Utf8Oracle();

  /** Both sides of every border in RFC 3629 section 4. */
  private static final int[] BORDERS = {
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  private final CharsetDecoder strict =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer decoded = CharBuffer.allocate(1024);

  @Test
  void all_sequences_of_one_byte() {
    for (int first = 0; first < 256; first++) {
      check((byte) first);
    }
  }

  @Test
  void all_sequences_of_two_bytes() {
    for (int sequence = 0; sequence < 1 << 16; sequence++) {
      check((byte) (sequence >> 8), (byte) sequence);
    }
  }

  @Test
  void all_sequences_of_three_bytes() {
    byte[] bytes = new byte[3];
    for (int sequence = 0; sequence < 1 << 24; sequence++) {
      bytes[0] = (byte) (sequence >> 16);
      bytes[1] = (byte) (sequence >> 8);
      bytes[2] = (byte) sequence;
      check(bytes);
    }
  }

  @Test
  void sequences_of_four_bytes_at_all_borders() {
    byte[] bytes = new byte[4];
    for (int first = 0; first < 256; first++) {
      bytes[0] = (byte) first;
      for (int second : BORDERS) {
        bytes[1] = (byte) second;
        for (int third : BORDERS) {
          bytes[2] = (byte) third;
          for (int fourth : BORDERS) {
            bytes[3] = (byte) fourth;
            check(bytes);
          }
        }
      }
    }
  }

  @Test
  void anything_at_any_place_between_ascii() {
    for (int length = 1; length <= 40; length++) {
      for (int position = 0; position < length; position++) {
        for (int border : BORDERS) {
          byte[] text = new byte[length];
          Arrays.fill(text, (byte) 'a');
          text[position] = (byte) border;
          check(text);
          assertWhole(text, 3);
        }
      }
    }
  }

  @RepeatedTest(20)
  void random_texts_in_random_pieces(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      byte[] text = text(random);
      if (random.nextBoolean() && text.length > 0) {
        text[random.nextInt(text.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) {
        text = Arrays.copyOf(text, random.nextInt(text.length + 1));
      }
      check(text);
      assertWhole(text, random.nextInt(9));
      assertInPieces(text, random);
    }
  }

  @Test
  void the_next_text_begins_behind_a_complete_one() {
    Utf8Validator validator = new Utf8Validator();
    byte[] euro = "€".getBytes(UTF_8);
    for (int i = 0; i < 3; i++) {
      assertThat(validator.accept(euro, 0, 2)).isTrue();
      assertThat(validator.isComplete()).isFalse();
      assertThat(validator.accept(euro, 2, 1)).isTrue();
      assertThat(validator.isComplete()).isTrue();
    }
  }

  /** Byte by byte: wrong at the byte the oracle names; valid in the end if the JDK says so. */
  private void check(byte... text) {
    int expected = ORACLE.firstWrongByte(text);
    Utf8Validator validator = new Utf8Validator();
    int accepted = 0;
    while (accepted < text.length && validator.accept(text, accepted, 1)) {
      accepted++;
    }
    boolean valid = accepted == text.length && validator.isComplete();
    if (accepted != (expected < 0 ? text.length : expected) || valid != isValid(text)) {
      throw new AssertionError(
          HexFormat.of().formatHex(text) + ": accepted " + accepted + ", not " + expected);
    }
  }

  /** In one piece, at any place of a larger array. */
  private void assertWhole(byte[] text, int offset) {
    byte[] array = new byte[offset + text.length + 9];
    Arrays.fill(array, (byte) 0xFF);
    System.arraycopy(text, 0, array, offset, text.length);
    Utf8Validator validator = new Utf8Validator();
    boolean accepted = validator.accept(array, offset, text.length);
    assertThat(accepted && validator.isComplete()).isEqualTo(isValid(text));
  }

  /** Each piece is accepted until the one with the wrong byte. */
  private void assertInPieces(byte[] text, Random random) {
    int wrong = ORACLE.firstWrongByte(text);
    int firstWrong = wrong < 0 ? text.length : wrong;
    Utf8Validator validator = new Utf8Validator();
    int position = 0;
    while (position < text.length) {
      int length = Math.min(random.nextInt(12), text.length - position);
      boolean accepted = validator.accept(text, position, length);
      position += length;
      assertThat(accepted).isEqualTo(position <= firstWrong);
      if (!accepted) {
        return;
      }
    }
    assertThat(validator.isComplete()).isEqualTo(isValid(text));
  }

  private boolean isValid(byte[] text) {
    decoded.clear();
    strict.reset();
    return !strict.decode(ByteBuffer.wrap(text), decoded, true).isError();
  }

  private static byte[] text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append("ascii ascii ascii".substring(random.nextInt(10)));
        case 1 -> text.appendCodePoint(0x80 + random.nextInt(0x780));
        case 2 -> text.appendCodePoint(0x800 + random.nextInt(0xD000));
        case 3 -> text.appendCodePoint(0xE000 + random.nextInt(0x2000));
        default -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
      }
    }
    return text.toString().getBytes(UTF_8);
  }
}
