package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.internal.protocol.ExtensionOffer.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 9.1: the grammar of {@code Sec-WebSocket-Extensions}. */
class Section9_1ExtensionHeaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          # header                               | name[parameter, parameter=value] in order
          -                                      | -
          foo                                    | foo
          foo, bar                               | foo bar
          foo,bar                                | foo bar
          foo; bar                               | foo[bar]
          foo;bar;baz                            | foo[bar,baz]
          foo; bar=1                             | foo[bar=1]
          foo; bar="1"                           | foo[bar=1]
          foo; bar; baz=2, qux; a=b              | foo[bar,baz=2] qux[a=b]
          # the RFC's examples
          deflate-stream                         | deflate-stream
          mux; max-channels=4; flow-control, deflate-stream | mux[max-channels=4,flow-control] deflate-stream
          private-extension                      | private-extension
          # RFC 7692
          permessage-deflate; client_max_window_bits; server_max_window_bits=10 | permessage-deflate[client_max_window_bits,server_max_window_bits=10]
          # white space where it may be
          \t foo \t ; \t bar \t = \t "1" \t , baz| foo[bar=1] baz
          # an escape in a quoted value
          foo; bar="\\1\\0"                      | foo[bar=10]
          foo; bar="\\\\1"                       | refused
          # H8: unknown, doubled, empty
          foo, foo                               | foo foo
          foo; a; a                              | foo[a,a]
          foo; a=1; a=2                          | foo[a=1,a=2]
          ,, foo ,, bar ,                        | foo bar
          # every character of a token
          !#$%&'*+-.^_`~09azAZ                   | !#$%&'*+-.^_`~09azAZ
          # H6 and others that are none
          ;                                      | refused
          ; foo                                  | refused
          foo;                                   | refused
          foo; ; bar                             | refused
          foo bar                                | refused
          foo; bar baz                           | refused
          foo=1                                  | refused
          foo; =1                                | refused
          foo; bar=                              | refused
          foo; bar=,                             | refused
          foo; bar=1=2                           | refused
          foo; bar=""                            | refused
          foo; bar="                             | refused
          foo; bar="1                            | refused
          foo; bar="1\\                          | refused
          foo; bar="1\\"                         | refused
          foo; bar="a b"                         | refused
          foo; bar="a,b"                         | refused
          foo; bar="1"2                          | refused
          foo; bar=1"2"                          | refused
          "foo"                                  | refused
          foo/bar                                | refused
          foo@bar                                | refused
          föö                                    | refused
          foo; bar="ö"                           | refused
          """)
  void header(String header, String expected) {
    List<String> lines = List.of(header.equals("-") ? "" : header);
    if (expected.equals("refused")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ExtensionOffer.parse(lines));
    } else {
      assertThat(text(ExtensionOffer.parse(lines))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo\0", "foo; b\u007fr", "foo; bar=\"\0\"", "foo\u00a0", "foo\n"})
  void control_characters_are_refused(String header) {
    assertThatIllegalArgumentException().isThrownBy(() -> ExtensionOffer.parse(List.of(header)));
  }

  @Test
  void without_the_header_nothing_is_offered() {
    assertThat(ExtensionOffer.parse(List.of())).isEmpty();
  }

  @Test
  void an_offer_copies_its_parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(new Parameter("a", "1")));
    ExtensionOffer offer = new ExtensionOffer("foo", parameters);
    parameters.clear();
    assertThat(offer.parameters()).containsExactly(new Parameter("a", "1"));
  }

  private static String text(List<ExtensionOffer> offers) {
    return offers.isEmpty()
        ? "-"
        : offers.stream().map(offer -> offer.name() + text(offer)).collect(Collectors.joining(" "));
  }

  private static String text(ExtensionOffer offer) {
    return offer.parameters().isEmpty()
        ? ""
        : offer.parameters().stream()
            .map(p -> p.value() == null ? p.name() : p.name() + "=" + p.value())
            .collect(Collectors.joining(",", "[", "]"));
  }
}
