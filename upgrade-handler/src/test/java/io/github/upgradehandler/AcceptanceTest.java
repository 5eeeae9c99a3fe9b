package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application answers to a handshake. */
class AcceptanceTest {

  private static final Attribute<String> TENANT = Attribute.of("tenant", String.class);

  private final WebSocketHandler handler = new WebSocketHandler() {};

  @Test
  void a_handler_is_an_answer() {
    Acceptance acceptance = Acceptance.of((HandshakeAnswer) handler);
    assertThat(acceptance.handler()).isSameAs(handler);
    assertThat(acceptance.subprotocol()).isEmpty();
    assertThat(acceptance.attributes()).isEmpty();
    assertThat(acceptance.headers()).isEmpty();
    assertThat(Acceptance.of((HandshakeAnswer) acceptance)).isSameAs(acceptance);
  }

  @Test
  void what_is_of_no_known_kind_is_no_answer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceptance.of(new HandshakeAnswer() {}))
        .withMessageContaining("is neither a WebSocketHandler nor an Acceptance");
  }

  @Test
  void everything_that_can_be_said() {
    Acceptance first = Acceptance.of(handler);
    Acceptance acceptance =
        first
            .withSubprotocol("v2")
            .withAttribute(TENANT, "a")
            .withHeader("Set-Cookie", "node=1; Path=/")
            .withHeader("X-Empty", "");
    assertThat(acceptance.subprotocol()).contains("v2");
    assertThat(acceptance.attributes()).isEqualTo(Map.of("tenant", "a"));
    assertThat(acceptance.headers())
        .containsExactly(
            new Acceptance.Header("Set-Cookie", "node=1; Path=/"),
            new Acceptance.Header("X-Empty", ""));
    assertThat(first.headers()).isEmpty();
    assertThat(first.attributes()).isEmpty();
  }

  @Test
  void what_is_said_of_the_subprotocol_first_counts() {
    Acceptance silent = Acceptance.of(handler);
    assertThat(silent.orSubprotocol(Optional.of("a")).subprotocol()).contains("a");
    assertThat(silent.withSubprotocol("b").orSubprotocol(Optional.of("a")).subprotocol())
        .contains("b");
    assertThat(silent.withoutSubprotocol().orSubprotocol(Optional.of("a")).subprotocol()).isEmpty();
    assertThat(silent.orSubprotocol(Optional.empty()).orSubprotocol(Optional.of("a")).subprotocol())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade",
        "connection",
        "Content-Length",
        "Transfer-Encoding",
        "Sec-WebSocket-Accept",
        "sec-websocket-protocol"
      })
  void a_header_of_the_handshake_is_not_the_application_s(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceptance.of(handler).withHeader(name, "x"))
        .withMessage("header %s is set by the handshake (RFC 6455 section 4.2.2)", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "ä", "a\r\nb"})
  void a_header_has_a_name(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceptance.of(handler).withHeader(name, "x"))
        .withMessage("'%s' is not the name of a header (RFC 9110 section 5.1)", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b=c", "a\nb", "\0", " a", "ä"})
  void a_value_cannot_make_another_header(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Acceptance.of(handler).withHeader("X-A", value))
        .withMessage(
            "the value of header X-A has characters that none may have (RFC 9110 section 5.5)");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void an_attribute_has_a_type() {
    Attribute raw = TENANT;
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Acceptance.of(handler).withAttribute(raw, 1));
  }
}
