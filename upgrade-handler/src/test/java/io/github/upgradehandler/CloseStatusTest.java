package io.github.upgradehandler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 7.4: codes and reasons, as an application makes them. */
class CloseStatusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # code | may be sent
          1000   | true
          1003   | true
          1004   | false
          1005   | false
          1006   | false
          1007   | true
          1014   | true
          1015   | false
          1016   | false
          2999   | false
          3000   | true
          4999   | true
          """)
  void codes(int code, boolean sendable) {
    CloseStatus status = new CloseStatus(code, "");
    assertThat(CloseStatus.isSendable(code)).isEqualTo(sendable);
    if (sendable) {
      assertThat(status.requireSendable()).isSameAs(status);
      assertThat(CloseStatus.of(code, "")).isEqualTo(status);
    } else {
      String message = "close code " + code + " must not be sent (RFC 6455 section 7.4)";
      assertThatIllegalArgumentException().isThrownBy(status::requireSendable).withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CloseStatus.of(code, ""))
          .withMessage(message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 999, 5000, 65_535, Integer.MAX_VALUE})
  void codes_outside_the_range_are_none(int code) {
    assertThat(CloseStatus.isSendable(code)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloseStatus(code, ""))
        .withMessage("close code " + code + " is outside 1000 to 4999 (RFC 6455 section 7.4.2)");
  }

  @Test
  void constants_have_their_codes_and_no_reason() {
    List<CloseStatus> constants =
        List.of(
            CloseStatus.NORMAL,
            CloseStatus.GOING_AWAY,
            CloseStatus.PROTOCOL_ERROR,
            CloseStatus.UNSUPPORTED_DATA,
            CloseStatus.NO_STATUS_RECEIVED,
            CloseStatus.ABNORMAL,
            CloseStatus.INVALID_PAYLOAD,
            CloseStatus.POLICY_VIOLATION,
            CloseStatus.MESSAGE_TOO_BIG,
            CloseStatus.INTERNAL_ERROR,
            CloseStatus.SERVICE_RESTART,
            CloseStatus.TRY_AGAIN_LATER);
    assertThat(constants)
        .extracting(CloseStatus::code)
        .containsExactly(1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013);
    assertThat(constants).extracting(CloseStatus::reason).containsOnly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void a_reason_has_at_most_123_bytes(String character) {
    int length = character.getBytes(UTF_8).length;
    String longest = character.repeat(123 / length) + "a".repeat(123 % length);
    assertThat(CloseStatus.NORMAL.withReason(longest).reason().getBytes(UTF_8))
        .hasSize(123)
        .isEqualTo(longest.getBytes(UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CloseStatus.NORMAL.withReason(longest + "a"))
        .withMessage(
            "close reason has 124 bytes, at most 123 fit a control frame (RFC 6455 section 5.5)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"})
  void a_reason_with_an_unpaired_surrogate_has_no_utf_8(String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloseStatus(1000, reason))
        .withMessage("close reason holds an unpaired surrogate");
  }

  @Test
  void the_same_code_with_a_reason() {
    assertThat(CloseStatus.GOING_AWAY.withReason("bye")).isEqualTo(new CloseStatus(1001, "bye"));
  }

  @ParameterizedTest
  @CsvSource({"a, 123", "ä, 122", "€, 123", "😀, 120"})
  void a_reason_that_is_too_long_is_cut_at_a_code_point(String one, int bytes) {
    CloseStatus status = CloseStatus.truncated(4000, one.repeat(200));
    assertThat(status.reason().getBytes(UTF_8)).hasSize(bytes);
    assertThat(status.reason()).isEqualTo(one.repeat(bytes / one.getBytes(UTF_8).length));
  }

  @Test
  void a_reason_that_fits_stays_as_it_is() {
    assertThat(CloseStatus.truncated(1000, "")).isEqualTo(CloseStatus.NORMAL);
    assertThat(CloseStatus.truncated(4001, "ä".repeat(61)).reason()).isEqualTo("ä".repeat(61));
    assertThat(CloseStatus.truncated(4001, "\ud800").reason()).isEqualTo("?");
    assertThatIllegalArgumentException().isThrownBy(() -> CloseStatus.truncated(1006, "x"));
  }
}
