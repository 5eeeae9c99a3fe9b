package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.protocol.Replay.Moment;
import io.github.upgradehandler.spi.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 7.4: which status codes may come in a Close frame. */
class Section7_4StatusCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # first | last  | may come
          0       | 999   | false
          1000    | 1003  | true
          # reserved; no status; abnormal
          1004    | 1006  | false
          # 1012 to 1014 were registered after the RFC
          1007    | 1014  | true
          # TLS failure
          1015    | 1015  | false
          1016    | 2999  | false
          # libraries and frameworks; private use
          3000    | 4999  | true
          5000    | 65535 | false
          """)
  void codes(int first, int last, boolean mayCome) {
    Replay replay = new Replay(Role.CLIENT, WebSocketConfig.defaults(), Delivery.WHOLE);
    for (int code = first; code <= last; code++) {
      assertThat(CloseStatus.isSendable(code)).as("%d", code).isEqualTo(mayCome);
      assertThat(replay.play(closeFrame(code)))
          .extracting(Moment::event)
          .containsExactly(mayCome ? "close " + code : "fail 1002");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "999", "1000", "1004", "1005", "1006", "1014", "1015", "2999", "3000", "4999", "5000"
  })
  void codes_at_the_borders_through_every_cut(int code) {
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        closeFrame(code),
        List.of(CloseStatus.isSendable(code) ? "close " + code : "fail 1002"));
  }

  @Test
  void a_wrong_code_is_refused_before_a_wrong_reason() {
    EveryCut.assertEvents("88 03 03ed ff", "both", "fail 1002");
  }

  private static byte[] closeFrame(int code) {
    return new byte[] {(byte) 0x88, 2, (byte) (code >> 8), (byte) code};
  }
}
