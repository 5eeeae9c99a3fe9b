package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testing.Echo;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application decides about a handshake. */
@Timeout(60)
class RefusalTest {

  private static ServletServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new ServletServer(RefusalTest::decide, Map.of("originRequired", "true"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static WebSocketHandler decide(Handshake handshake) {
    String wish = handshake.parameter("wish").orElse("");
    switch (wish) {
      case "authenticate" ->
          throw new HandshakeRefusedException(
              401, "Sign in first", Map.of("WWW-Authenticate", "Bearer realm=\"chat\""));
      case "elsewhere" ->
          throw new HandshakeRefusedException(307, "Moved", Map.of("Location", "/other"));
      case "full" -> throw new HandshakeRefusedException(503, "Gr\u00fc\u00dfe: full");
      case "fail" -> throw new IllegalStateException("secret detail");
      default -> {
        return new Echo();
      }
    }
  }

  private static HttpReply ask(String wish, String... lines) throws Exception {
    try (RawClient client = new RawClient(server)) {
      HttpReply reply = client.request(handshake("/socket?wish=" + wish, lines));
      assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
      assertThat(client.request("GET /elsewhere HTTP/1.1\r\nHost: server.test\r\n\r\n").status())
          .as("the connection is still HTTP")
          .isEqualTo(404);
      return reply;
    }
  }

  private static final String ORIGIN = "Origin: http://server.test";

  @Test
  void a_refusal_has_the_status_the_reason_and_the_headers() throws Exception {
    HttpReply reply = ask("authenticate", ORIGIN);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).containsExactly("Bearer realm=\"chat\"");
    assertThat(reply.body().strip()).isEqualTo("Sign in first");
  }

  @Test
  void a_refusal_may_redirect() throws Exception {
    HttpReply reply = ask("elsewhere", ORIGIN);
    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location")).containsExactly("/other");
  }

  @Test
  void a_reason_is_sent_in_utf8() throws Exception {
    HttpReply reply = ask("full", ORIGIN);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body().strip()).isEqualTo("Gr\u00fc\u00dfe: full");
  }

  @Test
  void an_application_that_fails_answers_500() throws Exception {
    try (var unused = new StacklessLogging(ServletChannel.class)) {
      HttpReply reply = ask("fail", ORIGIN);
      assertThat(reply.status()).isEqualTo(500);
    }
  }

  @Test
  void a_client_without_an_origin_is_refused_where_that_is_configured() throws Exception {
    assertThat(ask("").status()).isEqualTo(403);
    try (RawClient client = new RawClient(server)) {
      assertThat(client.request(handshake("/socket", ORIGIN)).status()).isEqualTo(101);
    }
  }
}
