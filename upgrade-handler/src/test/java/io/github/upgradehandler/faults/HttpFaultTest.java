package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.servlet.HttpReply;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebApp;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP has around the opening handshake: refusals, failures, bodies, addresses, sessions. */
class HttpFaultTest extends FaultTest {

  private static final int MANY = 100;

  private final ConnectionLimit limit = new ConnectionLimit(10 * MANY);
  private final RecordedEcho echo = new RecordedEcho();

  HttpFaultTest(Container container) {
    super(container);
  }

  /** Echoes, unless the parameter {@code wish} has it fail in one way or another. */
  private class Wishing extends WebSocketServlet {
    @Override
    protected void configure(WebSocketConfig.Builder builder) {
      builder.closeWithSession(true);
      builder.guards(
          limit,
          handshake -> {
            fail(handshake, "guard");
            return wish(handshake).startsWith("verifier")
                ? SignIn.byQuery("wish", token -> unverified(handshake)).admit(handshake)
                : io.github.upgradehandler.Admission.UNCONDITIONAL;
          });
    }

    private Optional<java.security.Principal> unverified(Handshake handshake) {
      fail(handshake, "verifier");
      return Optional.empty();
    }

    @Override
    protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
      Handshake soFar = handshake.build();
      fail(soFar, "describe");
      if (wish(soFar).equals("log out")) {
        request.getSession().invalidate();
      }
      if (wish(soFar).equals("log in again")) {
        request.getSession().invalidate();
        request.getSession(true);
      }
    }

    @Override
    protected WebSocketHandler accept(Handshake handshake) {
      fail(handshake, "accept");
      if (wish(handshake).equals("refuse")) {
        throw new HandshakeRefusedException(403, "not today", Map.of("X-Reason", "none"));
      }
      return echo;
    }

    @Override
    protected Optional<String> chooseSubprotocol(Handshake handshake) {
      fail(handshake, "subprotocol");
      return Optional.empty();
    }
  }

  private static String wish(Handshake handshake) {
    return handshake.parameter("wish").orElse("");
  }

  private static void fail(Handshake handshake, String where) {
    if (wish(handshake).equals(where)) {
      throw new IllegalStateException("secret of " + where);
    }
    if (wish(handshake).equals(where + " error")) {
      throw new NoClassDefFoundError("secret of " + where);
    }
  }

  private void serve(WebApp app) throws Exception {
    server = WebApp.On.named(container.name()).start(app);
  }

  private WebApp wishing() {
    return new WebApp().servlet("/socket", new Wishing(), Map.of());
  }

  private HttpReply ask(String target, String... lines) throws IOException {
    try (RawClient client = connect()) {
      return client.request(RawClient.handshake(target, lines));
    }
  }

  private void assertEchoes(RawClient client) throws IOException {
    client.send(text("hi"));
    assertThat(client.next()).hasToString("text hi");
  }

  private void assertNothingIsLeft() {
    Await.until("all places to be free", () -> limit.open() == 0);
    Await.until("all connections to end", () -> server.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept",
        "accept error",
        "describe",
        "describe error",
        "guard",
        "guard error",
        "verifier",
        "verifier error",
        "subprotocol",
        "subprotocol error"
      })
  void H12_exceptions_and_errors(String where) throws Exception {
    serve(wishing());
    try (CapturedLog log = new CapturedLog()) {
      HttpReply reply = ask("/socket?wish=" + where.replace(" ", "%20"));
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body()).isEqualTo("The server failed to answer: see its log\n");
      assertThat(reply.toString()).doesNotContain("secret").doesNotContain("Sec-WebSocket");
      assertThat(reply.header("Upgrade")).isEmpty();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("servlet 'servlet0': a request for /socket from 127.0.0.1 failed with 500: ")
          .contains("secret of " + where.replace(" error", ""));
    }
    assertNothingIsLeft();
    try (RawClient next = open()) {
      assertEchoes(next);
    }
  }

  /** Made for each connection. */
  public static final class Refusing extends RecordedEcho {
    public Refusing() {
      throw new HandshakeRefusedException(402, "pay first");
    }
  }

  public static final class Failing extends RecordedEcho {
    public Failing() {
      throw new IllegalStateException("secret");
    }
  }

  @Test
  void H12_a_handler_s_constructor() throws Exception {
    serve(
        new WebApp()
            .servlet(
                "/refusing", new WebSocketServlet(), Map.of("handler", Refusing.class.getName()))
            .servlet(
                "/failing", new WebSocketServlet(), Map.of("handler", Failing.class.getName())));
    HttpReply refused = ask("/refusing");
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.body()).isEqualTo("pay first\n");
    try (CapturedLog log = new CapturedLog()) {
      HttpReply failed = ask("/failing");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).doesNotContain("secret");
      assertThat(log.messages()).singleElement().asString().endsWith("failed with 500: secret");
    }
  }

  @Test
  void H12_a_refusal_has_nothing_of_a_101_whatever_was_there_before() throws Exception {
    serve(
        wishing()
            .filter(
                (request, response, chain) -> {
                  var http = (jakarta.servlet.http.HttpServletResponse) response;
                  http.setStatus(101);
                  http.setHeader("Upgrade", "websocket");
                  http.setHeader("Sec-WebSocket-Protocol", "x");
                  http.addHeader("X-Kept", "1");
                  http.addHeader("X-Kept", "2");
                  chain.doFilter(request, response);
                }));
    HttpReply reply = ask("/socket?wish=refuse");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).isEqualTo("not today\n");
    assertThat(reply.header("X-Reason")).containsExactly("none");
    assertThat(reply.header("X-Kept")).containsExactly("1", "2");
    assertThat(reply.header("Upgrade")).isEmpty();
    assertThat(reply.toString()).doesNotContain("Sec-WebSocket");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 9          | x12345678       | 400
          Content-Length: 9          |                 | 400
          Transfer-Encoding: chunked | 1;x=y/x/0//     | 400
          Content-Length: 0          |                 | 101
          """)
  void H15_a_body(String header, String body, int status) throws Exception {
    serve(wishing());
    for (int i = 0; i < (status == 101 ? 1 : MANY); i++) {
      try (RawClient client = connect()) {
        String rest = body == null ? "" : body.replace("/", "\r\n");
        client.send((RawClient.handshake("/socket", header) + rest).getBytes(ISO_8859_1));
        HttpReply reply = client.readReply();
        assertThat(reply.status()).isEqualTo(status);
        if (status == 101) {
          assertEchoes(client);
        } else {
          assertThat(reply.header("Connection")).containsExactly("close");
          assertThat(reply.body()).startsWith(header.replaceAll(":.*", "") + " announces a body");
          if (body != null) {
            assertThat(client.isEnded()).isTrue();
          }
        }
      }
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=\u00fc", "a=\u00fc; b=2", "; =; ;;\u00ff=\u00ff"})
  void H17_cookies(String cookie) throws Exception {
    serve(wishing());
    try (RawClient client = open("Cookie: " + cookie)) {
      assertEchoes(client);
    }
    if (cookie.contains("b=2")) {
      assertThat(echo.nextOpened().handshake().cookie("b")).contains("2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/socket?a=%zz&b=2", "/socket?b=2&a=%", "/socket?b=2&%ff=%ff"})
  void H17_parameters(String target) throws Exception {
    serve(wishing());
    try (RawClient client = connect()) {
      HttpReply reply = client.request(RawClient.handshake(target));
      if (container.name().startsWith("UNDERTOW") && reply.status() == 400) {
        return; // Undertow does not even pass it to the web application
      }
      assertThat(reply.status()).isEqualTo(101);
      assertEchoes(client);
      assertThat(echo.nextOpened().handshake().parameter("b")).contains("2");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, -1", "'', -1", ", -1", ", 70000"})
  void H18_a_peer_without_an_address(String address, int port) throws Exception {
    AddressLimit perAddress = new AddressLimit(1);
    WebSocketServlet servlet =
        new WebSocketServlet(
            WebSocketConfig.builder().guards(perAddress).build(), handshake -> echo);
    serve(
        new WebApp()
            .servlet("/socket", servlet, Map.of())
            .filter(
                (request, response, chain) ->
                    chain.doFilter(
                        new jakarta.servlet.http.HttpServletRequestWrapper(
                            (HttpServletRequest) request) {
                          @Override
                          public String getRemoteAddr() {
                            return address;
                          }

                          @Override
                          public int getRemotePort() {
                            return port;
                          }
                        },
                        response)));
    try (RawClient client = open()) {
      assertEchoes(client);
      Handshake handshake = echo.nextOpened().handshake();
      assertThat(handshake.remoteAddress().getHostString())
          .isEqualTo(address == null ? "" : address);
      assertThat(handshake.remoteAddress().getPort()).isZero();
      boolean counted = address != null && !address.isEmpty();
      assertThat(ask("/socket").status()).isEqualTo(counted ? 429 : 101);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "POST", "DELETE", "TRACE", "PATCH", "BREW"})
  void H19_methods_that_open_nothing(String method) throws Exception {
    serve(wishing());
    try (RawClient client = connect()) {
      client.send((method + " /socket HTTP/1.1\r\nHost: server.test\r\n").getBytes(ISO_8859_1));
      client.send("Content-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      HttpReply reply = method.equals("HEAD") ? client.readHead() : client.readReply();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).isNotEmpty();
      assertThat(reply.header("Upgrade")).isEmpty();
      assertThat(reply.body()).doesNotContain("\tat ");
      assertThat(client.request(RawClient.handshake("/socket")).status()).isEqualTo(101);
      assertEchoes(client);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"log out", "log in again"})
  void R22_the_session_ends_during_the_handshake(String wish) throws Exception {
    serve(
        wishing()
            .filter(
                (request, response, chain) -> {
                  ((HttpServletRequest) request).getSession(true);
                  chain.doFilter(request, response);
                }));
    try (RawClient client = connect()) {
      String target = "/socket?wish=" + wish.replace(" ", "%20");
      assertThat(client.request(RawClient.handshake(target)).status()).isEqualTo(101);
      assertThat(client.next()).hasToString("close 1008 session ended");
      client.answerClose(1008);
    }
    assertNothingIsLeft();
  }
}
