package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.HandshakeRefusedException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2: the opening handshake as the server sees it. */
class Section4_2OpeningHandshakeTest {

  /** Linear work takes 16 times as long, quadratic 256 times. */
  private static final double LINEAR = 64;

  @Test
  void the_sample_key_has_the_sample_answer() {
    ParsedOpening handshake = ParsedOpening.read(Request.opening());
    assertThat(handshake.acceptKey()).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(handshake.subprotocols()).isEmpty();
    assertThat(handshake.extensions()).isEmpty();
    assertThat(ParsedOpening.acceptFor("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo(handshake.acceptKey());
  }

  @Test
  void a_platform_without_sha_1_is_named() {
    Provider[] all = Security.getProviders();
    for (Provider provider : Security.getProviders("MessageDigest.SHA-1")) {
      Security.removeProvider(provider.getName());
    }
    try {
      assertThatThrownBy(() -> ParsedOpening.acceptFor("any"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this Java platform has no SHA-1 (RFC 6455 section 4.2.2)");
    } finally {
      for (int i = 0; i < all.length; i++) {
        Security.insertProviderAt(all[i], i + 1);
      }
    }
    assertThat(Security.getProviders()).containsExactly(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: WebSocket",
        "Upgrade: WEBSOCKET",
        "Upgrade: h2c, websocket",
        "Upgrade: websocket, h2c",
        "Upgrade: HTTP/3.0,websocket",
        "Connection: upgrade",
        "Connection: UPGRADE",
        "Connection: keep-alive, Upgrade",
        "Connection: keep-alive,Upgrade,",
        "Connection: ,\tUpgrade ,keep-alive",
        "upgrade: websocket",
        "CONNECTION: Upgrade",
        "sec-websocket-key:   dGhlIHNhbXBsZSBub25jZQ==  ",
        "SEC-WEBSOCKET-VERSION: 13",
        "Origin: https://elsewhere.example",
        "Content-Length: 0",
        "Content-Length:  00 ",
        "Sec-WebSocket-Protocol:",
        "Sec-WebSocket-Protocol: ,,a,,",
        "Sec-WebSocket-Protocol: a, a",
        "Sec-WebSocket-Protocol: a ,\tb\t",
        "Sec-WebSocket-Extensions:",
        "Sec-WebSocket-Extensions: unknown; with=parameters, unknown, permessage-deflate; x=\"1\""
      })
  void accepted(String change) {
    ParsedOpening handshake = ParsedOpening.read(Request.opening().changed(change));
    assertThat(handshake.acceptKey()).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void lists_may_be_spread_over_lines() {
    Request request =
        Request.opening()
            .changed("Upgrade: h2c")
            .with("Upgrade: websocket")
            .changed("Connection: keep-alive")
            .with("Connection: Upgrade")
            .with("Sec-WebSocket-Protocol: chat, superchat")
            .with("Sec-WebSocket-Protocol: mqtt, chat")
            .with("Sec-WebSocket-Extensions: a; b=1")
            .with("Sec-WebSocket-Extensions: c");
    ParsedOpening handshake = ParsedOpening.read(request);
    assertThat(handshake.subprotocols()).containsExactly("chat", "superchat", "mqtt");
    assertThat(handshake.extensions()).extracting(ExtensionOffer::name).containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # H3: Upgrade and Connection, missing and wrong
          Upgrade                                                | 426
          Upgrade: websockets                                    | 426
          Upgrade: websocket/13                                  | 426
          Upgrade: web socket                                    | 426
          Upgrade:                                               | 426
          Connection                                             | 400
          Connection: keep-alive                                 | 400
          Connection: Upgrades                                   | 400
          Connection: Up grade                                   | 400
          # RFC 9110 section 10.1.1
          Expect: 100-continue                                   | 417
          Expect: something                                      | 417
          # H4
          Upgrade: h2c                                           | 426
          # H5: keys of 0, 15, 17 and 18 bytes, of 16 without their padding, with a bad character
          Sec-WebSocket-Key                                      | 400
          Sec-WebSocket-Key:                                     | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j                | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE=            | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTEy            | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ              | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ===            | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q==            | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j_Q==            | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, again     | 400
          # H1: versions
          Sec-WebSocket-Version                                  | 426
          Sec-WebSocket-Version:                                 | 426
          Sec-WebSocket-Version: 8                               | 426
          Sec-WebSocket-Version: 12                              | 426
          Sec-WebSocket-Version: 013                             | 426
          Sec-WebSocket-Version: 14                              | 426
          Sec-WebSocket-Version: 13, 8                           | 426
          Sec-WebSocket-Version: thirteen                        | 426
          # H7 and H8: lists that are none
          Sec-WebSocket-Protocol: a b                            | 400
          Sec-WebSocket-Protocol: a/b                            | 400
          Sec-WebSocket-Protocol: "a"                            | 400
          Sec-WebSocket-Protocol: a;b                            | 400
          Sec-WebSocket-Extensions: a;                           | 400
          Sec-WebSocket-Extensions: a b                          | 400
          Sec-WebSocket-Extensions: a; b=                        | 400
          Sec-WebSocket-Extensions: a; b="                       | 400
          """)
  void refused(String change, int status) {
    assertThat(refusal(Request.opening().changed(change)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: x"})
  @DisplayName("H5: a key that is there twice")
  void h5_key_twice(String second) {
    assertThat(refusal(Request.opening().with(second)).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("H1: another version is answered with the one that is spoken")
  void h1_other_version() {
    HandshakeRefusedException refusal =
        refusal(Request.opening().changed("Sec-WebSocket-Version: 8"));
    assertThat(refusal.status()).isEqualTo(426);
    assertThat(refusal.headers())
        .isEqualTo(
            Map.of("Sec-WebSocket-Version", "13", "Upgrade", "websocket", "Connection", "Upgrade"));
    assertThat(refusal(Request.opening().with("Sec-WebSocket-Version: 13")).status())
        .isEqualTo(426);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST    | HTTP/1.1 | 405
          HEAD    | HTTP/1.1 | 405
          CONNECT | HTTP/1.1 | 405
          get     | HTTP/1.1 | 405
          POST    | HTTP/1.0 | 405
          GET     | HTTP/1.0 | 400
          GET     | HTTP/2.0 | 400
          GET     | HTTP/0.9 | 400
          """)
  @DisplayName("H2: another method, another HTTP")
  void h2_method_and_version(String method, String protocol, int status) {
    HandshakeRefusedException refusal = refusal(Request.opening().as(method, protocol));
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.headers()).isEqualTo(status == 405 ? Map.of("Allow", "GET") : Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
  @DisplayName("H11: a plain GET is told what is spoken here, in one line")
  void h11_plain_get(String protocol) {
    HandshakeRefusedException refusal =
        refusal(new Request("GET", protocol, false, List.of("Host: server.example.com")));
    assertThat(refusal.status()).isEqualTo(426);
    assertThat(refusal.headers())
        .isEqualTo(Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
    assertThat(refusal.reason()).contains("WebSocket").doesNotContain("\n");
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @Test
  void a_refusal_names_the_header_and_the_section() {
    assertThat(refusal(Request.opening().changed("Sec-WebSocket-Key")).reason())
        .isEqualTo("Sec-WebSocket-Key is there 0 times, not once (RFC 6455 section 4.2.1)");
    assertThat(refusal(Request.opening().with("Sec-WebSocket-Protocol: a b")).reason())
        .isEqualTo("Sec-WebSocket-Protocol: not a list of tokens (RFC 6455 section 4.2.1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # spoken | offered | chosen
          -        | -       |
          -        | a       |
          a        | -       |
          a        | a       | a
          a,b      | b,a     | a
          b,c      | a,c     | c
          a        | A       |
          """)
  void the_server_s_first_subprotocol_that_the_client_offers(
      String spoken, String offered, String chosen) {
    ParsedOpening handshake = new ParsedOpening("", list(offered), List.of());
    assertThat(ParsedOpening.chooseSubprotocol(list(spoken), handshake.subprotocols()).orElse(null))
        .isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a; b=\"", "\\", "\\\"", "\\x", ";", ", ", "a;b,", "\"", "\t ", "a;b=c,", "a", "é"
      })
  @DisplayName("H6: unclosed quotes and endless escapes take linear time")
  void h6_extensions(String unit) {
    assertThat(effort("Sec-WebSocket-Extensions: a; b=\"", unit)).isLessThan(LINEAR);
    assertThat(effort("Sec-WebSocket-Extensions: ", unit)).isLessThan(LINEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ",", "a,", "a ", " ,\t,", "a"})
  @DisplayName("H7: spaces, duplicates and empty elements take linear time")
  void h7_subprotocols(String unit) {
    assertThat(effort("Sec-WebSocket-Protocol: ", unit)).isLessThan(LINEAR);
    assertThat(effort("Connection: ", unit)).isLessThan(LINEAR);
  }

  @Test
  @DisplayName("H7: many different subprotocols take linear time")
  void h7_many_subprotocols() {
    double effort =
        Effort.ofSixteenfold(
            500,
            length -> {
              String names =
                  IntStream.range(0, length)
                      .mapToObj(Integer::toString)
                      .collect(Collectors.joining(","));
              return reading(Request.opening().with("Sec-WebSocket-Protocol: " + names));
            });
    assertThat(effort).isLessThan(LINEAR);
  }

  @Test
  @DisplayName("H7: 32k spaces are no subprotocol")
  void h7_spaces() {
    assertThat(
            ParsedOpening.read(
                    Request.opening().with("Sec-WebSocket-Protocol: " + " ".repeat(32_768) + "a"))
                .subprotocols())
        .containsExactly("a");
  }

  private static double effort(String start, String unit) {
    return Effort.ofSixteenfold(
        8_000 / unit.length(),
        count -> reading(Request.opening().changed(start + unit.repeat(count))));
  }

  private static Runnable reading(Request request) {
    return () -> {
      try {
        ParsedOpening.read(request);
      } catch (HandshakeRefusedException e) {
        assertThat(e.status()).isEqualTo(400);
      }
    };
  }

  private static List<String> list(String names) {
    return names.equals("-") ? List.of() : Arrays.asList(names.split(",", -1));
  }

  private static HandshakeRefusedException refusal(Request request) {
    return catchThrowableOfType(HandshakeRefusedException.class, () -> ParsedOpening.read(request));
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 9",
    "Content-Length: -1",
    "Content-Length: x",
    "Content-Length:",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding:"
  })
  void a_body_is_refused_and_the_connection_closed(String line) {
    assertThatThrownBy(() -> ParsedOpening.read(Request.opening().with(line)))
        .isInstanceOfSatisfying(
            HandshakeRefusedException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.headers()).containsEntry("Connection", "close");
              assertThat(refusal.reason())
                  .isEqualTo(
                      line.replaceAll(":.*", "")
                          + " announces a body: a handshake has none (RFC 6455 section 4.1)");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/3"})
  void later_versions_of_http_have_no_upgrade_and_none_of_its_headers(String protocol) {
    Request request = Request.opening().as("GET", protocol).without("Upgrade");
    assertThatThrownBy(() -> ParsedOpening.read(request.without("Connection")))
        .isInstanceOfSatisfying(
            HandshakeRefusedException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.headers()).isEmpty();
            });
  }
}
