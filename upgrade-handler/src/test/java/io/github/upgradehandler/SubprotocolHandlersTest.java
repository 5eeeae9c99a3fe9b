package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A handler for each subprotocol, RFC 6455 section 1.9. */
class SubprotocolHandlersTest {

  private final WebSocketHandler second = new WebSocketHandler() {};
  private final WebSocketHandler first = new WebSocketHandler() {};
  private final WebSocketHandler other = new WebSocketHandler() {};
  private final SubprotocolHandlers handlers =
      SubprotocolHandlers.of("v2", known -> answer(known, second))
          .and("v1", known -> answer(known, first));

  private static HandshakeAnswer answer(Handshake known, WebSocketHandler handler) {
    return Acceptance.of(handler)
        .withAttribute(Attribute.of("known", String.class), known.subprotocol().orElse("none"));
  }

  private static Handshake offering(String... names) {
    return new Handshake.Builder("/").subprotocols(List.of(names)).build();
  }

  @ParameterizedTest
  @CsvSource({"v2, v2", "v1, v1", "v1 v2, v2", "other v1, v1"})
  void the_best_that_is_offered_is_asked_and_agreed_on(String offered, String chosen) {
    Acceptance answer = Acceptance.of(handlers.apply(offering(offered.split(" "))));
    assertThat(answer.handler()).isSameAs(chosen.equals("v2") ? second : first);
    assertThat(answer.subprotocol()).hasValue(chosen);
    assertThat(answer.attributes()).containsEntry("known", chosen);
    assertThat(answer.orSubprotocol(Optional.of("late")).subprotocol()).hasValue(chosen);
  }

  @Test
  void one_that_was_chosen_already_counts() {
    Handshake chosen = offering("v2", "v1").toBuilder().subprotocol("v1").build();
    assertThat(Acceptance.of(handlers.apply(chosen)).handler()).isSameAs(first);
    Handshake unknown = offering("x", "v2").toBuilder().subprotocol("x").build();
    assertThat(Acceptance.of(handlers.apply(unknown)).handler()).isSameAs(second);
  }

  @ParameterizedTest
  @CsvSource({"''", "V2", "x"})
  void none_is_refused_unless_there_is_a_handler_for_it(String offered) {
    Handshake handshake = offered.isEmpty() ? offering() : offering(offered);
    assertThatExceptionOfType(HandshakeRefusedException.class)
        .isThrownBy(() -> handlers.apply(handshake))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400))
        .withMessage("none of the subprotocols v2, v1 is agreed on");
    Acceptance answer = Acceptance.of(handlers.orElse(known -> other).apply(handshake));
    assertThat(answer.handler()).isSameAs(other);
    assertThat(answer.subprotocol()).isEmpty();
  }

  @Test
  void a_handler_s_own_choice_counts() {
    SubprotocolHandlers choosing =
        handlers.orElse(known -> Acceptance.of(other).withSubprotocol("x"));
    assertThat(Acceptance.of(choosing.apply(offering("x"))).subprotocol()).hasValue("x");
  }

  @Test
  void names_are_tokens_each_once() {
    assertThat(handlers.names()).containsExactly("v2", "v1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.and("v1", known -> other))
        .withMessage("option 'subprotocols': has an element twice: [v2, v1, v1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.and("a b", known -> other))
        .withMessage("option 'subprotocols': 'a b' is not a token (RFC 6455 section 4.1)");
  }
}
