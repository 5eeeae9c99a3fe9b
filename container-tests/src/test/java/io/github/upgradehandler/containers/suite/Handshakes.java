package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.Request;
import io.github.upgradehandler.containers.wire.Response;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 section 4, and what comes in instead. */
public interface Handshakes extends Suite {

  static Stream<HandshakeCase> handshakeCases() {
    return HandshakeCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("handshakeCases")
  default void a_handshake(HandshakeCase handshake) throws Exception {
    try (SocketClient client = SocketClient.connect(echo())) {
      client.write(handshake.change().apply(Request.handshake(echo())).bytes());
      Response response = client.readHead();
      assertThat(handshake.statuses()).as(response.toString()).contains(response.status());
      if (response.status() == 101) {
        assertThat(response.header("Sec-WebSocket-Extensions")).isNull();
        expectEcho(client, "open");
      }
    }
  }

  @Test
  default void H0_the_example_of_the_RFC() throws Exception {
    try (SocketClient client = SocketClient.connect(echo())) {
      client.write(Request.handshake(echo()).bytes());
      Response response = client.readHead();
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo(Request.ACCEPT);
      assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
      assertThat(response.header("Connection")).isEqualToIgnoringCase("Upgrade");
      expectEcho(client, "open");
    }
  }

  @Test
  default void H1_what_is_behind_a_refused_handshake_is_a_request() throws Exception {
    try (SocketClient client = SocketClient.connect(echo())) {
      Request refused = Request.handshake(echo()).with("Sec-WebSocket-Version", "8");
      Request plain = Request.get(echo()).and("Connection", "close");
      client.write(Frames.together(refused.bytes(), plain.bytes()));
      Response first = client.readHead();
      assertThat(first.status()).isEqualTo(426);
      assertThat(first.header("Sec-WebSocket-Version")).isEqualTo("13");
      // GlassFish and Payara end the connection with the first response, which is as good.
      assertThat(client.readRest())
          .doesNotContain(" 101 ")
          .satisfiesAnyOf(
              rest -> assertThat(rest).contains("HTTP/1.1 426 "),
              rest -> assertThat(rest).doesNotContain("HTTP/1.1"));
    }
  }

  @Test
  default void H10_frames_in_the_segment_of_the_handshake() throws Exception {
    try (SocketClient client = SocketClient.connect(echo())) {
      client.write(
          Frames.together(
              Request.handshake(echo()).bytes(),
              Frames.text("one"),
              Frames.text("two"),
              Frames.text("three")));
      assertThat(client.readHead().status()).isEqualTo(101);
      assertThat(client.readFrame().text()).isEqualTo("one");
      assertThat(client.readFrame().text()).isEqualTo("two");
      assertThat(client.readFrame().text()).isEqualTo("three");
      expectEcho(client, "four");
    }
  }

  @Test
  default void H11_a_plain_GET() throws Exception {
    try (SocketClient client = SocketClient.connect(echo())) {
      client.write(Request.get(echo()).and("Connection", "close").bytes());
      Response response = client.readHead();
      assertThat(response.status()).isEqualTo(426);
      assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
      assertThat(client.readRest()).doesNotContain("Exception");
    }
  }

  private static void expectEcho(SocketClient client, String text) throws Exception {
    client.write(Frames.text(text));
    assertThat(client.readFrame().text()).isEqualTo(text);
  }
}
