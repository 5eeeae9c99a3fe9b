package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Echo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an administrator sees of requests that were not let in: one line each, and no secret. */
@Timeout(120)
class RefusalLogTest {

  private static final String SECRETS = ";jsessionid=secret-1?token=secret-2&ticket=secret-3";
  private static final List<String> SECRET_LINES =
      List.of(
          "Cookie: JSESSIONID=secret-4; login=secret-5",
          "Authorization: Bearer secret-6",
          "Sec-WebSocket-Protocol: chat, bearer.secret-7");

  /**
   * A request and the line about it.
   *
   * @param said after the level and the request, with {@code P} for the path and the peer
   */
  private record Case(String path, String head, String said) {}

  private static Case handshake(String path, String said, String... lines) {
    return new Case(path, head("GET", path, "Upgrade: websocket", lines), said);
  }

  private static String head(String method, String path, String upgrade, String... lines) {
    return method
        + " "
        + path
        + SECRETS
        + " HTTP/1.1\r\nHost: server.test\r\nConnection: keep-alive, Upgrade\r\n"
        + String.join("\r\n", SECRET_LINES)
        + "\r\n"
        + upgrade
        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + RawClient.KEY
        + "\r\n"
        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
        + "\r\n";
  }

  private static final List<Case> WEB_SOCKETS =
      List.of(
          new Case(
              "/chat",
              head("GET", "/chat", "Accept: text/html"),
              "INFO is refused with 426: This address speaks WebSocket: open it with a WebSocket"
                  + " client."),
          new Case(
              "/chat",
              head("POST", "/chat", "Upgrade: websocket", "Content-Length: 0"),
              "INFO is refused with 405: WebSocket opens with GET, not POST (RFC 6455 section"
                  + " 4.2.1)"),
          new Case(
              "/chat",
              head("GET", "/chat", "Upgrade: websocket").replace(RawClient.KEY, "c2VjcmV0LTg="),
              "INFO is refused with 400: Sec-WebSocket-Key is not 16 bytes in base64 (RFC 6455"
                  + " section 4.2.1)"),
          new Case(
              "/chat",
              head("GET", "/chat", "Upgrade: websocket").replace("Version: 13", "Version: 8"),
              "INFO is refused with 426: Sec-WebSocket-Version is not 13 (RFC 6455 section 4.4)"),
          handshake(
              "/chat",
              "INFO is refused with 403: Origin 'https://evil.test' is neither the server's own nor"
                  + " in allowedOrigins (RFC 6455 section 10.2)",
              "Origin: https://evil.test"),
          handshake(
              "/chat",
              "INFO is refused with 403: Origin 'http://server.test/' has a path, so nothing but *"
                  + " in allowedOrigins lets it in (RFC 6454 section 6.2)",
              "Origin: http://server.test/"),
          handshake(
              "/strict",
              "INFO is refused with 403: Origin is missing and required here: the option"
                  + " originRequired is true"),
          handshake(
              "/sign-in",
              "INFO is refused with 401: Sign in first (SignIn.byQuery('ticket') finds no user)"),
          handshake(
              "/one",
              "INFO is refused with 503: Too many connections (ConnectionLimit: at most 1)"),
          handshake(
              "/one-each",
              "INFO is refused with 429: Too many connections from your address (AddressLimit: at"
                  + " most 1 from 127.0.0.1)"),
          handshake(
              "/chat",
              "INFO is refused with 402: Pay first (account 12 is overdrawn)",
              "X-Wish: refuse"),
          handshake("/chat", "SEVERE failed with 500", "X-Wish: fail"));

  private static final List<Case> EVENT_STREAMS =
      List.of(
          new Case(
              "/events",
              head("PUT", "/events", "Accept: text/event-stream", "Content-Length: 0"),
              "INFO is refused with 405: An event stream is read with GET"),
          new Case(
              "/events",
              head("GET", "/events", "Accept: text/event-stream", "Origin: https://evil.test"),
              "INFO is refused with 403: Origin 'https://evil.test' is neither the server's own nor"
                  + " in allowedOrigins (RFC 6455 section 10.2)"),
          new Case(
              "/events",
              head("GET", "/events", "Accept: text/event-stream"),
              "INFO is refused with 401: Sign in first (SignIn.required() finds no user)"));

  private static WebSocketHandler accept(Handshake handshake) {
    switch (handshake.header("X-Wish").orElse("")) {
      case "refuse" ->
          throw new HandshakeRefusedException(402, "Pay first")
              .withDetail("account 12 is overdrawn");
      case "fail" -> throw new IllegalStateException("as the test wants");
      default -> {
        return new Echo();
      }
    }
  }

  private static WebSocketServlet guarded(Guard guard) {
    WebSocketConfig config = WebSocketConfig.builder().guards(guard).build();
    return new WebSocketServlet(config, RefusalLogTest::accept);
  }

  /** For users only. */
  private static final class News extends EventStreamServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.DEFAULT.withGuards(SignIn.required());
    }

    @Override
    protected Room accept(Handshake request) {
      return new Rooms().room("news");
    }
  }

  private static WebApp app() {
    return new WebApp()
        .webSocket("/chat", RefusalLogTest::accept, Map.of())
        .webSocket("/strict", RefusalLogTest::accept, Map.of("originRequired", "true"))
        .servlet("/sign-in", guarded(SignIn.byQuery("ticket", token -> Optional.empty())), Map.of())
        .servlet("/one", guarded(new ConnectionLimit(1)), Map.of())
        .servlet("/one-each", guarded(new AddressLimit(1)), Map.of())
        .servlet("/events", new News(), Map.of());
  }

  private static RawClient open(RunningServer server, String path) throws IOException {
    RawClient client = new RawClient(server.port(), 0);
    assertThat(client.request(RawClient.handshake(path)).status()).isEqualTo(101);
    return client;
  }

  private static void assertLogged(RunningServer server, Case refused) throws IOException {
    try (CapturedLog log = new CapturedLog();
        RawClient client = new RawClient(server.port(), 0)) {
      HttpReply reply = client.request(refused.head);
      assertThat(reply.toString()).doesNotContain("overdrawn").doesNotContain("at most");
      assertThat(log.lines())
          .singleElement()
          .asString()
          .doesNotContain("secret")
          .matches("\\w+ refused: servlet 'servlet\\d': a request for .*");
      assertThat(log.lines().get(0).replaceAll("refused: servlet.*?a request for ", ""))
          .isEqualTo(refused.said.replaceFirst(" ", " " + refused.path + " from 127.0.0.1 "));
      assertThat(log.thrown()).hasSize(refused.said.contains("500") ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT", "UNDERTOW"})
  void a_refusal_has_one_line_that_says_what_decides(WebApp.On container) throws Exception {
    try (RunningServer server = container.start(app());
        RawClient one = open(server, "/one");
        RawClient another = open(server, "/one-each")) {
      for (Case refused : WEB_SOCKETS) {
        assertLogged(server, refused);
      }
      for (Case refused : EVENT_STREAMS) {
        assertLogged(server, refused);
      }
      assertThat(one.localPort()).isNotEqualTo(another.localPort());
    }
  }

  @Test
  void a_client_is_told_which_origin_it_has_sent() throws Exception {
    try (RunningServer server = WebApp.On.JETTY.start(app());
        RawClient client = new RawClient(server.port(), 0)) {
      String origin = "https://" + "long.".repeat(1000) + "test";
      HttpReply reply = client.request(RawClient.handshake("/chat", "Origin: " + origin));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body())
          .startsWith("Origin 'https://long.long.")
          .endsWith(
              "long.lo...' is neither the server's own nor in allowedOrigins (RFC 6455 section"
                  + " 10.2)\n")
          .hasSizeLessThan(250);
    }
  }

  @Test
  void a_flood_of_refusals_does_not_flood_the_log() throws Exception {
    int flood = 10_000;
    try (CapturedLog log = new CapturedLog();
        RunningServer server = WebApp.On.JETTY.start(app());
        RawClient client = new RawClient(server.port(), 0)) {
      String head = RawClient.handshake("/chat", "Origin: https://evil.test");
      for (int i = 0; i < flood; i++) {
        assertThat(client.request(head).status()).isEqualTo(403);
      }
      assertThat(client.request(RawClient.handshake("/chat", "X-Wish: refuse")).status())
          .isEqualTo(402);
      assertThat(log.lines()).last().asString().contains("is refused with 402");
      server.undeploy();
      assertThat(log.total()).isEqualTo(flood + 1);
      assertThat(log.lines()).hasSizeLessThan(100);
    }
  }
}
