package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.internal.protocol.ExtensionOffer.Parameter;
import io.github.upgradehandler.spi.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 section 7.1: every legal combination of the four parameters, and what is illegal. */
class Section7_1ParametersTest {

  private static final String ABSENT = "";
  private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  private static final List<String> SERVER_NO_CONTEXT = List.of(ABSENT, SERVER_NO_CONTEXT_TAKEOVER);
  private static final List<String> CLIENT_NO_CONTEXT = List.of(ABSENT, CLIENT_NO_CONTEXT_TAKEOVER);
  private static final List<String> SERVER_BITS = absentOrBits("server_max_window_bits");
  private static final List<String> CLIENT_BITS = absentOrBits("client_max_window_bits");

  private final Random order = new Random(7692);

  /** All legal combinations, each in some order: an element of the header. */
  static Stream<List<String>> legalOffers() {
    return combinations(Stream.concat(CLIENT_BITS.stream(), Stream.of("client_max_window_bits")));
  }

  static Stream<List<String>> legalResponses() {
    return combinations(CLIENT_BITS.stream());
  }

  @ParameterizedTest
  @MethodSource("legalOffers")
  void a_server_with_context_takeover_grants_what_is_offered(List<String> offer) {
    assertThat(answer(true, offer))
        .containsExactlyInAnyOrderElementsOf(without("client_max_window_bits", offer));
  }

  @ParameterizedTest
  @MethodSource("legalOffers")
  void a_server_without_context_takeover_asks_of_a_client_only_what_it_offers(List<String> offer) {
    List<String> expected = new ArrayList<>(without("client_max_window_bits", offer));
    if (!offer.contains(SERVER_NO_CONTEXT_TAKEOVER)) {
      expected.add(SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (!offer.contains(CLIENT_NO_CONTEXT_TAKEOVER)) {
      smallerWindow(offer).ifPresent(expected::add);
    }

    assertThat(answer(false, offer)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** What the server then keeps for the client takes no more than 4 KiB. */
  private static Optional<String> smallerWindow(List<String> offer) {
    return offer.stream()
        .filter(part -> part.startsWith("client_max_window_bits"))
        .map(part -> part.contains("=") ? Integer.parseInt(part.split("=", 2)[1]) : 15)
        .map(bits -> "client_max_window_bits=" + Math.min(bits, 12))
        .findFirst();
  }

  @ParameterizedTest
  @MethodSource("legalResponses")
  void a_client_with_context_takeover_takes_every_legal_response(List<String> response) {
    assertThat(isTaken(true, response)).isTrue();
  }

  /** Section 7.1.1.1: the server must grant server_no_context_takeover if it accepts the offer. */
  @ParameterizedTest
  @MethodSource("legalResponses")
  void a_client_without_context_takeover_takes_no_context_from_the_server(List<String> response) {
    assertThat(isTaken(false, response)).isEqualTo(response.contains(SERVER_NO_CONTEXT_TAKEOVER));
  }

  @ParameterizedTest
  @CsvSource({
    "true,  permessage-deflate; client_max_window_bits",
    "false, permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
        + " client_max_window_bits"
  })
  void a_client_offers_to_keep_a_smaller_window(boolean contextTakeover, String offer) {
    PermessageDeflate client = new PermessageDeflate(Negotiated.config(contextTakeover));

    assertThat(client.offer()).isEqualTo(offer);
    assertThat(answer(contextTakeover, parts(offer))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // unknown
        "server_max_windowbits=10",
        "SERVER_NO_CONTEXT_TAKEOVER",
        "server_no_context_takeover; x",
        "mode=fast",
        // there twice
        "server_no_context_takeover; server_no_context_takeover",
        "client_no_context_takeover; client_no_context_takeover",
        "server_max_window_bits=10; server_max_window_bits=10",
        "client_max_window_bits; client_max_window_bits",
        "client_max_window_bits=10; server_max_window_bits=10; client_max_window_bits",
        // a value where none may be
        "server_no_context_takeover=1",
        "client_no_context_takeover=true",
        "client_no_context_takeover=\"10\"",
        // none where one must be
        "server_max_window_bits",
        // out of range
        "server_max_window_bits=7",
        "server_max_window_bits=16",
        "server_max_window_bits=0",
        "server_max_window_bits=1",
        "server_max_window_bits=-9",
        "server_max_window_bits=4294967305",
        "server_max_window_bits=99999999999999999999999999",
        "client_max_window_bits=7",
        "client_max_window_bits=16",
        // not a decimal number without leading zeros
        "server_max_window_bits=010",
        "server_max_window_bits=08",
        "server_max_window_bits=+10",
        "server_max_window_bits=10.0",
        "server_max_window_bits=1e1",
        "server_max_window_bits=0xA",
        "server_max_window_bits=x",
        "client_max_window_bits=015",
        "client_max_window_bits=\"09\""
      })
  void declined(String parameters) {
    assertThat(answer(true, parts("permessage-deflate; " + parameters))).isNull();
    assertThat(isTaken(true, parts("permessage-deflate; " + parameters))).isFalse();
  }

  /** Section 7.1.2.2: in an offer it may stand alone, in a response it must not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void client_max_window_bits_in_a_response_needs_a_value(boolean contextTakeover) {
    assertThat(
            isTaken(
                contextTakeover,
                List.of(
                    "permessage-deflate", SERVER_NO_CONTEXT_TAKEOVER, "client_max_window_bits")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-bzip2", "permessage_deflate", "x-permessage-deflate"})
  void a_client_takes_no_other_extension(String name) {
    assertThat(isTaken(true, List.of(name))).isFalse();
  }

  private static List<String> absentOrBits(String name) {
    return Stream.concat(
            Stream.of(ABSENT), IntStream.rangeClosed(8, 15).mapToObj(bits -> name + "=" + bits))
        .toList();
  }

  private static Stream<List<String>> combinations(Stream<String> clientBits) {
    return clientBits.flatMap(
        fourth ->
            SERVER_BITS.stream()
                .flatMap(
                    third ->
                        CLIENT_NO_CONTEXT.stream()
                            .flatMap(
                                second ->
                                    SERVER_NO_CONTEXT.stream()
                                        .map(first -> element(first, second, third, fourth)))));
  }

  private static List<String> element(String... parameters) {
    return Stream.concat(Stream.of("permessage-deflate"), Stream.of(parameters))
        .filter(Predicate.not(String::isEmpty))
        .toList();
  }

  private static List<String> parts(String header) {
    return List.of(header.split("; "));
  }

  private static List<String> without(String parameter, List<String> element) {
    return element.stream().filter(part -> !part.startsWith(parameter)).toList();
  }

  /** The parts of the server's answer; null if it declines. */
  private List<String> answer(boolean contextTakeover, List<String> offer) {
    PermessageDeflate server = new PermessageDeflate(Negotiated.config(contextTakeover));
    return server
        .choose(List.of(shuffled(offer)))
        .map(agreement -> parts(agreement.header()))
        .orElse(null);
  }

  private boolean isTaken(boolean contextTakeover, List<String> response) {
    PermessageDeflate client = new PermessageDeflate(Negotiated.config(contextTakeover));
    return client.agreed(shuffled(response)).isPresent();
  }

  private ExtensionOffer shuffled(List<String> element) {
    ExtensionOffer parsed = ExtensionOffer.parse(List.of(String.join("; ", element))).get(0);
    List<Parameter> parameters = new ArrayList<>(parsed.parameters());
    Collections.shuffle(parameters, order);
    return new ExtensionOffer(parsed.name(), parameters);
  }

  /** Section 7.1.1.2: what the server allows is one thing, what is configured another. */
  @ParameterizedTest
  @CsvSource({
    "true,  permessage-deflate, true",
    "true,  permessage-deflate; client_no_context_takeover, false",
    "false, permessage-deflate; server_no_context_takeover, false"
  })
  void the_client_keeps_its_context_where_both_want_it(
      boolean configured, String answer, boolean keeps) {
    assertThat(
            Negotiated.extension(Role.CLIENT, Negotiated.config(configured), answer)
                .newEncoder()
                .keepsContext())
        .isEqualTo(keeps);
  }
}
