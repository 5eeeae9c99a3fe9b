package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7692 section 5: the server takes the first offer that it can keep. Fault H8. */
class Section5NegotiationTest {

  private final PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITH_TAKEOVER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          permessage-deflate                                                                   | permessage-deflate
          permessage-deflate; client_max_window_bits                                           | permessage-deflate
          permessage-deflate; client_max_window_bits; server_max_window_bits=10                | permessage-deflate; server_max_window_bits=10
          permessage-deflate; server_max_window_bits=10, permessage-deflate                    | permessage-deflate; server_max_window_bits=10
          permessage-deflate, permessage-deflate; server_max_window_bits=10                    | permessage-deflate
          permessage-deflate; server_max_window_bits=16, permessage-deflate                    | permessage-deflate
          permessage-deflate; from_the_future=1, permessage-deflate; client_no_context_takeover | permessage-deflate; client_no_context_takeover
          permessage-bzip2, x-webkit-deflate-frame, permessage-deflate                         | permessage-deflate
          permessage-deflate ;server_no_context_takeover;	client_no_context_takeover            | permessage-deflate; server_no_context_takeover; client_no_context_takeover
          permessage-deflate; server_max_window_bits="9"                                       | permessage-deflate; server_max_window_bits=9
          permessage-deflate; server_max_window_bits="1\\2"                                     | permessage-deflate; server_max_window_bits=12
          ,, permessage-deflate ,                                                              | permessage-deflate
          """)
  void the_first_good_offer_is_taken(String offers, String response) {
    assertThat(answer(offers)).isEqualTo(response);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permessage-bzip2
          x-webkit-deflate-frame; no_context_takeover
          Permessage-Deflate
          permessage-deflate; server_max_window_bits=16, permessage-deflate; client_max_window_bits=7
          """)
  void without_a_good_offer_nothing_is_agreed_on(String offers) {
    assertThat(answer(offers)).isEqualTo("nothing");
  }

  @Test
  void offers_may_come_in_several_lines_of_the_header() {
    assertThat(
            answer(
                "permessage-deflate; server_max_window_bits=1",
                "permessage-bzip2",
                "permessage-deflate; server_max_window_bits=11, permessage-deflate"))
        .isEqualTo("permessage-deflate; server_max_window_bits=11");
  }

  @Test
  void no_offer_at_all_is_no_error() {
    assertThat(answer()).isEqualTo("nothing");
  }

  @Test
  void what_was_agreed_on_is_shared_by_all_connections_that_agreed_so() {
    List<ExtensionOffer> offers = ExtensionOffer.parse(List.of("permessage-deflate"));

    assertThat(deflate.choose(offers).orElseThrow().extension())
        .isSameAs(deflate.choose(offers).orElseThrow().extension());
  }

  private String answer(String... lines) {
    return deflate
        .choose(ExtensionOffer.parse(List.of(lines)))
        .map(PermessageDeflate.Agreement::header)
        .orElse("nothing");
  }
}
