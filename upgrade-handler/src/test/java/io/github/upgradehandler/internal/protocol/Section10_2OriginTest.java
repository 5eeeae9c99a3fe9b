package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 10.2: which pages may open a connection (H9). */
class Section10_2OriginTest {

  @ParameterizedTest(name = "H9: {1} from {0}, TLS {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Origin                          | Host              | secure | let in
          https://good.example              | good.example      | true   | yes
          http://good.example               | good.example      | false  | yes
          # without regard to case, and to the ports that go without saying
          HTTPS://Good.Example              | good.EXAMPLE      | true   | yes
          https://good.example:443          | good.example      | true   | yes
          https://good.example              | good.example:443  | true   | yes
          http://good.example:80            | good.example      | false  | yes
          http://good.example               | good.example:80   | false  | yes
          https://good.example:8443         | good.example:8443 | true   | yes
          https://[2001:db8::1]             | [2001:db8::1]     | true   | yes
          https://[2001:db8::1]:8443        | [2001:db8::1]:8443| true   | yes
          # a proxy ended TLS
          https://good.example              | good.example      | false  | yes
          # another scheme, host or port
          http://good.example               | good.example      | true   | no
          http://good.example:443           | good.example:443  | true   | no
          https://evil.test                 | good.example      | true   | no
          https://good.example:8443         | good.example      | true   | no
          https://good.example              | good.example:8443 | true   | no
          https://good.example:80           | good.example      | true   | no
          http://good.example:443           | good.example      | false  | no
          ws://good.example                 | good.example      | false  | no
          file://good.example               | good.example      | false  | no
          # looks like it
          https://good.example.evil.test    | good.example      | true   | no
          https://evilgood.example          | good.example      | true   | no
          https://sub.good.example          | good.example      | true   | no
          https://good.example@evil.test    | good.example      | true   | no
          https://good.example/path         | good.example      | true   | no
          https://good.example.             | good.example      | true   | no
          good.example                      | good.example      | true   | no
          https:good.example                | good.example      | true   | no
          null                              | good.example      | true   | no
          # several, or none that is one
          https://good.example https://evil.test | good.example | true   | no
          https://good.example, https://evil.test | good.example | true  | no
          """)
  void same_origin(String origin, String host, boolean secure, String letIn) {
    assertLetIn(
        WebSocketConfig.defaults(),
        Request.opening().changed("Host: " + host).with("Origin: " + origin).secure(secure),
        letIn.equals("yes"));
  }

  @ParameterizedTest(name = "H9: {1} where {0} is configured: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example                      | https://app.example           | yes
          https://app.example                      | HTTPS://APP.example           | yes
          HTTPS://App.Example                      | https://app.example           | yes
          https://app.example,https://b.example:81 | https://b.example:81          | yes
          https://app.example                      | https://app.example.evil.test | no
          https://app.example                      | https://sub.app.example       | no
          https://app.example                      | http://app.example            | no
          https://app.example                      | https://app.example:444       | no
          https://app.example                      | null                          | no
          # the server's own stays
          https://app.example                      | http://server.example.com     | yes
          null                                     | null                          | yes
          null                                     | https://evil.test             | no
          *                                        | https://evil.test             | yes
          *                                        | null                          | yes
          # other schemes: exactly that origin
          file://                                  | file://                       | yes
          file://                                  | file:///                      | no
          file://                                  | https://evil.test             | no
          capacitor://localhost                    | capacitor://localhost         | yes
          capacitor://localhost                    | Capacitor://LOCALHOST         | yes
          capacitor://localhost                    | capacitor://localhost.evil    | no
          capacitor://localhost                    | http://localhost              | no
          chrome-extension://abc                   | chrome-extension://abc        | yes
          # a port that goes without saying, on either side
          https://app.example:443                  | https://app.example           | yes
          https://app.example                      | https://app.example:443       | yes
          http://app.example:80                    | http://app.example            | yes
          https://app.example:80                   | https://app.example           | no
          http://app.example:443                   | http://app.example            | no
          # letters beyond ASCII, as browsers send them
          https://b\u00fccher.example              | https://xn--bcher-kva.example | yes
          https://*.b\u00fccher.example            | https://a.xn--bcher-kva.example | yes
          https://[2001:db8::1]:8443               | https://[2001:DB8::1]:8443    | yes
          # one label of any name
          https://*.app.example                    | https://a.app.example         | yes
          https://*.app.example                    | HTTPS://A-1.App.Example       | yes
          https://*.app.example                    | https://a.app.example:443     | yes
          https://*.app.example:443                | https://a.app.example         | yes
          https://*.app.example:8443               | https://a.app.example:8443    | yes
          https://*.app.example:8443               | https://a.app.example         | no
          https://*.app.example                    | https://a.app.example:8443    | no
          https://*.app.example                    | https://app.example           | no
          https://*.app.example                    | https://.app.example          | no
          https://*.app.example                    | https://a.b.app.example       | no
          https://*.app.example                    | https://a.app.example.        | no
          https://*.app.example                    | https://a.app.example/        | no
          https://*.app.example                    | http://a.app.example          | no
          https://*.app.example                    | https://evilapp.example       | no
          https://*.app.example                    | https://a.app.example.evil.test | no
          https://*.app.example                    | https://evil.test?.app.example | no
          https://*.app.example                    | https://evil.test/.app.example | no
          https://*.app.example                    | https://evil.test#.app.example | no
          https://*.app.example                    | https://evil.test:80.app.example | no
          https://*.app.example                    | https://a@evil.app.example    | no
          https://*.app.example                    | https://aXappXexample         | no
          https://*.app.example                    | https://*.app.example         | no
          https://*.app.example                    | null                          | no
          """)
  void configured(String allowed, String origin, String letIn) {
    assertLetIn(
        WebSocketConfig.builder().set("allowedOrigins", allowed).build(),
        Request.opening().with("Origin: " + origin),
        letIn.equals("yes"));
  }

  @Test
  @DisplayName("H9: no Origin, so no browser, is let in unless it is configured otherwise")
  void no_origin() {
    assertLetIn(WebSocketConfig.defaults(), Request.opening(), true);
    WebSocketConfig strict = WebSocketConfig.builder().originRequired(true).build();
    assertLetIn(strict, Request.opening(), false);
    assertLetIn(strict, Request.opening().with("Origin: http://server.example.com"), true);
    assertThat(refusal(strict, Request.opening()).reason())
        .isEqualTo("Origin is missing and required here: the option originRequired is true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://evil.test    | is neither the server's own nor in allowedOrigins
          null                | is neither the server's own nor in allowedOrigins
          file://             | is neither the server's own nor in allowedOrigins
          http://localhost/   | has a path, so nothing but * in allowedOrigins lets it in
          https://a.test/b/c  | has a path, so nothing but * in allowedOrigins lets it in
          """)
  void a_refusal_says_which_origin_came_and_what_lets_it_in(String origin, String said) {
    Request request = Request.opening().with("Origin: " + origin);
    assertThat(refusal(WebSocketConfig.defaults(), request).reason())
        .startsWith("Origin '" + origin + "' " + said + " (RFC 645");
  }

  @Test
  @DisplayName("H9: some clients give the address of the socket as http, also over TLS")
  void http_over_tls() {
    Request request = Request.opening().with("Origin: http://server.example.com").secure(true);
    assertThat(refusal(WebSocketConfig.defaults(), request).reason())
        .startsWith("Origin 'http://server.example.com' is neither the server's own");
    assertLetIn(
        WebSocketConfig.builder().set("allowedOrigins", "http://server.example.com").build(),
        request,
        true);
  }

  @Test
  void of_a_long_origin_the_beginning_is_shown() {
    Request request = Request.opening().with("Origin: http://" + "a".repeat(1000));
    assertThat(refusal(WebSocketConfig.defaults(), request).reason())
        .startsWith("Origin 'http://" + "a".repeat(93) + "...' is");
  }

  @Test
  void several_origin_lines_are_refused() {
    Request request =
        Request.opening()
            .with("Origin: http://server.example.com")
            .with("Origin: http://server.example.com");
    assertLetIn(WebSocketConfig.defaults(), request, false);
    assertLetIn(WebSocketConfig.builder().set("allowedOrigins", "*").build(), request, false);
  }

  @Test
  void without_one_host_no_origin_is_the_server_s_own() {
    Request request = Request.opening().with("Origin: http://server.example.com");
    assertLetIn(WebSocketConfig.defaults(), request.without("Host"), false);
    assertLetIn(WebSocketConfig.defaults(), request.with("Host: server.example.com"), false);
  }

  private static void assertLetIn(WebSocketConfig config, Request request, boolean letIn) {
    HandshakeRefusedException refusal = refusal(config, request);
    if (letIn) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).isNotNull();
      assertThat(refusal.status()).isEqualTo(403);
      assertThat(refusal.headers()).isEmpty();
    }
  }

  private static HandshakeRefusedException refusal(WebSocketConfig config, Request request) {
    return catchThrowableOfType(
        HandshakeRefusedException.class,
        () -> new OriginPolicy(config.allowedOrigins(), config.originRequired()).check(request));
  }
}
