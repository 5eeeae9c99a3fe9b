package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2.2: the answer to a handshake that is not accepted. */
class HandshakeRefusedExceptionTest {

  @ParameterizedTest
  @ValueSource(ints = {300, 401, 403, 503, 599})
  void a_refusal_is_a_redirect_or_an_error(int status) {
    HandshakeRefusedException refusal = new HandshakeRefusedException(status, "not you");
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.reason()).isEqualTo("not you");
    assertThat(refusal.headers()).isEmpty();
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101, 200, 299, 600})
  void another_status_is_no_refusal(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HandshakeRefusedException(status, ""))
        .withMessage("HTTP status " + status + " is not a refusal: 300 to 599");
  }

  @Test
  void a_detail_is_for_the_log_beside_what_the_client_gets() {
    HandshakeRefusedException refusal =
        new HandshakeRefusedException(402, "Pay first", Map.of("Retry-After", "10"));
    assertThat(refusal.detail()).isEmpty();
    HandshakeRefusedException detailed = refusal.withDetail("account 12 is overdrawn");
    assertThat(detailed.detail()).contains("account 12 is overdrawn");
    assertThat(detailed.status()).isEqualTo(402);
    assertThat(detailed.reason()).isEqualTo("Pay first");
    assertThat(detailed.headers()).isEqualTo(refusal.headers());
    assertThat(refusal.detail()).isEmpty();
  }

  @Test
  void headers_are_copied() {
    Map<String, String> headers = new HashMap<>(Map.of("Retry-After", "10"));
    HandshakeRefusedException refusal = new HandshakeRefusedException(503, "later", headers);
    headers.clear();
    assertThat(refusal.headers()).isEqualTo(Map.of("Retry-After", "10"));
  }
}
