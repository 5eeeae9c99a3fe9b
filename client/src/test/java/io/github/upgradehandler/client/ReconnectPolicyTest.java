package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectPolicyTest {

  private static final ReconnectPolicy DEFAULTS = ReconnectPolicy.DEFAULTS;

  /** No more than a tenth of a thousand clients in any of the first ten seconds, all within 30. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void aThousandClientsAreSpread(int secondsAway) {
    Random random = new Random(1);
    int[] inSecond = new int[30];
    for (int i = 0; i < 1000; i++) {
      long at = DEFAULTS.delay(0, Duration.ZERO, random).toMillis();
      inSecond[(int) at / 1000]++;
      for (int failed = 1; at < 1000L * secondsAway; failed++) {
        at += DEFAULTS.delay(failed, Duration.ZERO, random).toMillis();
        inSecond[(int) at / 1000]++;
      }
    }
    for (int second = 0; second < 10; second++) {
      assertThat(inSecond[second]).isBetween(1, 100);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "1, 200", "2, 400", "3, 500", "1000, 500"})
  void windowsDoubleUpToTheLargest(int failed, long millis) {
    ReconnectPolicy policy = DEFAULTS.withWindows(Duration.ofMillis(100), Duration.ofMillis(500));
    Random random = new Random(1);
    long longest = 0;
    for (int i = 0; i < 1000; i++) {
      longest = Math.max(longest, policy.delay(failed, Duration.ZERO, random).toNanos());
    }
    assertThat(longest).isBetween(millis * 950_000, millis * 1_000_000);
  }

  @Test
  void aServersWishIsTheLeastUpToABound() {
    Random random = new Random(1);
    assertThat(DEFAULTS.delay(0, Duration.ofMinutes(1), random))
        .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(76));
    assertThat(DEFAULTS.delay(0, Duration.ofDays(1), random))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1002, 1003, 1007, 1008, 1009, 1010, 4400, 4499})
  void finalEnds(int code) {
    assertThat(DEFAULTS.isFinal(end(code))).isTrue();
    assertThat(DEFAULTS.withFinalClose(event -> false).isFinal(end(code))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013, 3000, 4000, 4399, 4500})
  void passingEnds(int code) {
    assertThat(DEFAULTS.isFinal(end(code))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "400, true",
    "401, true",
    "403, true",
    "404, true",
    "408, false",
    "425, false",
    "429, false",
    "500, false",
    "503, false",
    "200, false"
  })
  void statuses(int status, boolean isFinal) {
    HandshakeResponse response = new HandshakeResponse(status, "", List.of());
    assertThat(DEFAULTS.isFinal(new HandshakeFailedException("no", response))).isEqualTo(isFinal);
  }

  @Test
  void whatCannotBeReachedIsTriedAgain() {
    assertThat(DEFAULTS.isFinal(new ConnectException())).isFalse();
    assertThat(DEFAULTS.isFinal(new HandshakeFailedException("nothing came", null))).isFalse();
    assertThat(DEFAULTS.isFinal(new IllegalStateException("the client is closed"))).isTrue();
  }

  @Test
  void retryAfterIsReadAsSecondsAndAsADate() {
    assertThat(RetryAfter.read("120")).hasValue(Duration.ofMinutes(2));
    assertThat(RetryAfter.read("Fri, 31 Dec 1999 23:59:59 GMT")).hasValue(Duration.ZERO);
    assertThat(RetryAfter.read("soon")).isEmpty();
    assertThat(RetryAfter.read("-1")).isEmpty();
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> DEFAULTS.withWindows(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage(
            "windows must be above zero and the largest not below the first, not PT0S and PT1S");
    assertThatThrownBy(() -> DEFAULTS.withMaxTries(0)).hasMessage("maxTries must be from 1, not 0");
    assertThatThrownBy(() -> DEFAULTS.withMaxHeldBytes(-1))
        .hasMessage("maxHeldBytes must not be negative, but is -1");
    assertThatThrownBy(() -> DEFAULTS.withStableAfter(Duration.ofSeconds(-1)))
        .hasMessage("stableAfter must not be negative, but is PT-1S");
  }

  private static CloseEvent end(int code) {
    return new CloseEvent(new CloseStatus(code, ""), null, CloseEvent.Initiator.REMOTE, false);
  }
}
