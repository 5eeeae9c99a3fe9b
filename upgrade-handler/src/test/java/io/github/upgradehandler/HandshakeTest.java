package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 4.1: what an application sees of the request. */
class HandshakeTest {

  @Test
  void holds_what_it_was_given() {
    Principal principal = () -> "ada";
    InetSocketAddress address = InetSocketAddress.createUnresolved("192.0.2.1", 4711);
    Handshake handshake =
        new Handshake.Builder("/app/chat")
            .query("room=1&room=2")
            .secure(true)
            .remoteAddress(address)
            .principal(principal)
            .sessionId("s1")
            .subprotocols(List.of("chat", "mqtt"))
            .header("Origin", "https://good.example")
            .cookies(Map.of("theme", "dark"))
            .parameters(Map.of("room", List.of("1", "2"), "empty", List.of()))
            .build();
    assertThat(handshake.path()).isEqualTo("/app/chat");
    assertThat(handshake.query()).contains("room=1&room=2");
    assertThat(handshake.isSecure()).isTrue();
    assertThat(handshake.remoteAddress()).isEqualTo(address);
    assertThat(handshake.principal()).contains(principal);
    assertThat(handshake.sessionId()).contains("s1");
    assertThat(handshake.subprotocols()).containsExactly("chat", "mqtt");
    assertThat(handshake.origin()).contains("https://good.example");
    assertThat(handshake.cookie("theme")).contains("dark");
    assertThat(handshake.cookie("Theme")).isEmpty();
    assertThat(handshake.parameter("room")).contains("1");
    assertThat(handshake.parameter("empty")).isEmpty();
    assertThat(handshake.parameter("other")).isEmpty();
    assertThat(handshake.parameters()).containsEntry("room", List.of("1", "2"));
  }

  @Test
  void its_text_is_a_part_of_one_line_without_secrets() {
    Handshake handshake =
        new Handshake.Builder("/a\nINFO;jsessionid=secret/" + "b".repeat(10_000))
            .query("token=secret")
            .remoteAddress(InetSocketAddress.createUnresolved("192.0.2.1", 4711))
            .header("Cookie", "login=secret")
            .build();
    assertThat(handshake).hasToString("/a?INFO/" + "b".repeat(189) + "... from 192.0.2.1");
  }

  @Test
  void a_path_is_enough() {
    Handshake handshake = new Handshake.Builder("/").build();
    assertThat(handshake.query()).isEmpty();
    assertThat(handshake.isSecure()).isFalse();
    assertThat(handshake.principal()).isEmpty();
    assertThat(handshake.sessionId()).isEmpty();
    assertThat(handshake.subprotocols()).isEmpty();
    assertThat(handshake.origin()).isEmpty();
    assertThat(handshake.cookie("any")).isEmpty();
    assertThat(handshake.parameters()).isEmpty();
    assertThat(handshake.remoteAddress().isUnresolved()).isTrue();
  }

  @Test
  void headers_in_order_and_without_regard_to_case() {
    Handshake handshake =
        new Handshake.Builder("/")
            .header("X-Forwarded-For", "a")
            .header("Host", "good.example")
            .header("x-forwarded-for", "b")
            .build();
    assertThat(handshake.header("X-FORWARDED-FOR")).contains("a");
    assertThat(handshake.headers("X-Forwarded-For")).containsExactly("a", "b");
    assertThat(handshake.header("Cookie")).isEmpty();
    assertThat(handshake.headers("Cookie")).isEmpty();
  }

  @Test
  void does_not_change() {
    List<String> subprotocols = new ArrayList<>(List.of("chat"));
    Map<String, String> cookies = new HashMap<>(Map.of("theme", "dark"));
    Map<String, List<String>> parameters = new HashMap<>(Map.of("room", List.of("1")));
    Handshake.Builder builder =
        new Handshake.Builder("/")
            .subprotocols(subprotocols)
            .cookies(cookies)
            .parameters(parameters);
    Handshake handshake = builder.build();
    subprotocols.clear();
    cookies.clear();
    parameters.clear();
    builder.header("Host", "later.example").query("later");
    assertThat(handshake.subprotocols()).containsExactly("chat");
    assertThat(handshake.cookie("theme")).contains("dark");
    assertThat(handshake.header("Host")).isEmpty();
    assertThat(handshake.query()).isEmpty();
    assertThat(handshake.parameter("room")).contains("1");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> handshake.parameters().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> handshake.headers("Host").add("x"));
  }

  @Test
  void shows_no_parameters_of_its_path_and_says_when_there_is_no_address() {
    Handshake.Builder handshake = new Handshake.Builder("/a;jsessionid=SECRET/b;x=SECRET%3By");
    handshake.query("token=SECRET").header("Cookie", "SECRET");
    assertThat(handshake.build()).hasToString("/a/b from localhost");
    handshake.remoteAddress(InetSocketAddress.createUnresolved("", 0));
    assertThat(handshake.build()).hasToString("/a/b from a peer without address");
  }
}
