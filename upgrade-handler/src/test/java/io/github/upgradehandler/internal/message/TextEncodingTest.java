package io.github.upgradehandler.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 8.1, the other way round: only UTF-8 is sent. */
class TextEncodingTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "?", "???", "aé€😀", "😀?😀", "\0\u007f\u0080\uffff", "\ufffd"})
  void what_has_utf_8_is_encoded(String text) {
    assertThat(TextEncoding.encode(text)).isEqualTo(text.getBytes(UTF_8));
  }

  @Test
  void a_question_mark_at_any_place_is_one() {
    for (int length = 1; length <= 40; length++) {
      for (int position = 0; position < length; position++) {
        for (String other : new String[] {"a", "é", "\u00bf", ">", "@", "😀"}) {
          String text = other.repeat(position) + "?" + other.repeat(length - position - 1);
          assertThat(TextEncoding.encode(text)).isEqualTo(text.getBytes(UTF_8));
        }
      }
    }
  }

  @Test
  void an_unpaired_surrogate_at_any_place_is_refused_with_its_index() {
    for (int length = 1; length <= 40; length++) {
      for (int position = 0; position < length; position++) {
        for (String unpaired : new String[] {"\ud83d", "\ude00"}) {
          String text = "a".repeat(position) + unpaired + "?".repeat(length - position - 1);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> TextEncoding.encode(text))
              .withMessage(
                  "text holds an unpaired surrogate at index %d, which has no UTF-8 form",
                  position);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud83d\ud83d",
        "\ude00\ud83d",
        "\ud83d\ud83d\ude00",
        "\ud83d\ude00\ude00",
        "é\ud83d?",
        "?\ud83d\ude00?\ude00"
      })
  void surrogates_that_are_no_pair_are_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TextEncoding.encode(text));
  }

  @RepeatedTest(10)
  void random_texts_are_refused_if_the_jdk_s_strict_encoder_refuses(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String alphabet = "a?é€\ud83d\ude00";
    for (int i = 0; i < 1000; i++) {
      StringBuilder builder = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        builder.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String text = builder.toString();
      if (UTF_8.newEncoder().canEncode(text)) {
        assertThat(TextEncoding.encode(text)).isEqualTo(text.getBytes(UTF_8));
      } else {
        assertThatIllegalArgumentException().isThrownBy(() -> TextEncoding.encode(text));
      }
    }
  }
}
