package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.PathTemplate;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.example.ChatFilter;
import io.github.upgradehandler.example.RaisedLimit;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way in for filters, servlets and frameworks. */
@Timeout(60)
class WebSocketUpgradeTest {

  private static final Attribute<String> TENANT = Attribute.of("tenant", String.class);
  private static final Attribute<StringBuilder> BEAN = Attribute.of("bean", StringBuilder.class);
  private static final PathTemplate ROOM = PathTemplate.of("/rooms/{room}");

  /** Upgrades with a lambda, and lets other requests pass. */
  private static final class UpgradingFilter implements Filter {

    private final WebSocketConfig config;
    private final BiFunction<HttpServletRequest, Handshake, HandshakeAnswer> acceptor;
    private @Nullable WebSocketUpgrade upgrade;

    UpgradingFilter(
        WebSocketConfig config,
        BiFunction<HttpServletRequest, Handshake, HandshakeAnswer> acceptor) {
      this.config = config;
      this.acceptor = acceptor;
    }

    @Override
    public void init(FilterConfig filter) {
      upgrade = new WebSocketUpgrade(filter.getServletContext(), "filter", config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      if (upgrade != null && WebSocketUpgrade.isRequestedBy(http)) {
        upgrade.upgrade(
            http, (HttpServletResponse) response, handshake -> acceptor.apply(http, handshake));
      } else {
        chain.doFilter(request, response);
      }
    }

    @Override
    public void destroy() {
      if (upgrade != null) {
        upgrade.close();
      }
    }
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("hello");
    }
  }

  /** Tells the client what it is asked for. */
  private static final class Teller implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String asked) {
      socket.sendText(
          switch (asked) {
            case "tenant" -> socket.attribute(TENANT).orElse("none");
            case "bean" -> socket.attribute(BEAN).map(StringBuilder::toString).orElse("none");
            case "subprotocol" -> socket.subprotocol().orElse("none");
            default -> "what?";
          });
    }
  }

  private static RunningServer filtering(
      WebApp.On container,
      WebSocketConfig config,
      BiFunction<HttpServletRequest, Handshake, HandshakeAnswer> acceptor)
      throws Exception {
    return container.start(
        new WebApp()
            .servlet("/*", new Hello(), Map.of())
            .filter(new UpgradingFilter(config, acceptor)));
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void a_filter_upgrades_with_a_lambda_and_lets_pass_what_is_no_handshake(WebApp.On container)
      throws Exception {
    try (RunningServer server =
            filtering(container, WebSocketConfig.defaults(), (request, handshake) -> new Echo());
        RawClient socket = new RawClient(server.port(), 0);
        RawClient plain = new RawClient(server.port(), 0)) {
      assertThat(socket.request(handshake("/any/path")).status()).isEqualTo(101);
      socket.send(ClientFrames.text("a"));
      assertThat(socket.next()).hasToString("text a");
      HttpReply reply =
          plain.request("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).contains("hello");
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void what_is_wrong_with_a_handshake_is_refused(WebApp.On container) throws Exception {
    try (RunningServer server =
            filtering(
                container,
                WebSocketConfig.defaults(),
                (request, handshake) -> {
                  throw new HandshakeRefusedException(403, "not you");
                });
        RawClient refused = new RawClient(server.port(), 0);
        RawClient malformed = new RawClient(server.port(), 0)) {
      HttpReply reply = refused.request(handshake("/"));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).isEqualTo("not you\n");
      assertThat(malformed.request(handshake("/").replace("Version: 13", "Version: 8")).status())
          .isEqualTo(426);
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void the_answer_says_more_than_the_handler(WebApp.On container) throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().subprotocols(List.of("v2", "v1")).build();
    try (RunningServer server =
            filtering(
                container,
                config,
                (request, handshake) -> {
                  Acceptance acceptance =
                      Acceptance.of(new Teller())
                          .withAttribute(TENANT, request.getParameter("tenant"))
                          .withAttribute(BEAN, new StringBuilder("b"))
                          .withHeader("Set-Cookie", "first=1; Path=/")
                          .withHeader("Set-Cookie", "second=2; HttpOnly")
                          .withHeader("X-Known", handshake.subprotocol().orElse("none"));
                  return request.getParameter("own") == null
                      ? acceptance
                      : acceptance.withSubprotocol(request.getParameter("own"));
                });
        RawClient client = new RawClient(server.port(), 0);
        RawClient other = new RawClient(server.port(), 0);
        RawClient wrong = new RawClient(server.port(), 0)) {
      HttpReply reply =
          client.request(handshake("/?tenant=t1", "Sec-WebSocket-Protocol: v1, v2, v3"));
      assertThat(reply.status()).isEqualTo(101);
      assertThat(reply.header("Set-Cookie"))
          .containsExactly("first=1; Path=/", "second=2; HttpOnly");
      assertThat(reply.header("X-Known")).containsExactly("v2");
      assertThat(reply.header("Sec-WebSocket-Protocol")).containsExactly("v2");
      client.send(ClientFrames.text("tenant"));
      assertThat(client.next()).hasToString("text t1");
      client.send(ClientFrames.text("bean"));
      assertThat(client.next()).hasToString("text b");
      client.send(ClientFrames.text("subprotocol"));
      assertThat(client.next()).hasToString("text v2");

      HttpReply chosen =
          other.request(handshake("/?tenant=t&own=v3", "Sec-WebSocket-Protocol: v1, v2, v3"));
      assertThat(chosen.header("Sec-WebSocket-Protocol")).containsExactly("v3");
      // One that was not offered is the application's mistake.
      assertThat(wrong.request(handshake("/?tenant=t&own=v4")).status()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void a_servlet_takes_a_lambda_and_knows_the_path_after_its_mapping(WebApp.On container)
      throws Exception {
    WebSocketServlet servlet =
        new WebSocketServlet(
            WebSocketConfig.builder().maxMessageBytes(10).build(),
            handshake -> {
              String room =
                  ROOM.match(handshake.pathInfo())
                      .orElseThrow(() -> new HandshakeRefusedException(404, "no such room"))
                      .get("room");
              return Acceptance.of(new Teller()).withAttribute(TENANT, room);
            });
    try (RunningServer server =
            container.start(new WebApp().servlet("/chat/*", servlet, Map.of()));
        RawClient client = new RawClient(server.port(), 0);
        RawClient lost = new RawClient(server.port(), 0)) {
      assertThat(client.request(handshake("/chat/rooms/a%20b%C3%A4")).status()).isEqualTo(101);
      client.send(ClientFrames.text("tenant"));
      assertThat(client.next()).hasToString("text 612062c3a4"); // a bä
      client.send(ClientFrames.text("12345678901"));
      assertThat(client.next().toString()).startsWith("close 1009");
      assertThat(lost.request(handshake("/chat")).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void undeploying_closes_what_a_filter_has_upgraded(WebApp.On container) throws Exception {
    try (RunningServer server =
            filtering(container, WebSocketConfig.defaults(), (request, handshake) -> new Echo());
        RawClient client = new RawClient(server.port(), 0)) {
      assertThat(client.request(handshake("/")).status()).isEqualTo(101);
      client.send(ClientFrames.text("a"));
      assertThat(client.next()).hasToString("text a");
      Thread undeploying = new Thread(() -> undeploy(server));
      undeploying.start();
      assertThat(client.next().toString()).startsWith("close 1001");
      client.close();
      undeploying.join();
      Await.until("nothing is open", () -> server.openConnections() == 0);
    }
  }

  private static void undeploy(RunningServer server) {
    try {
      server.undeploy();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void the_example_of_a_filter(WebApp.On container) throws Exception {
    try (RunningServer server =
            container.start(
                new WebApp().servlet("/*", new Hello(), Map.of()).filter(new ChatFilter()));
        RawClient client = new RawClient(server.port(), 0)) {
      HttpReply reply = client.request(handshake("/"));
      assertThat(reply.header("Set-Cookie")).containsExactly("node=1; Path=/; HttpOnly");
      client.send(ClientFrames.text("ann"));
      assertThat(client.next().toString()).startsWith("text hello ann of ");
    }
  }

  @ParameterizedTest
  @EnumSource(WebApp.On.class)
  void the_example_of_a_limit_that_grows(WebApp.On container) throws Exception {
    WebSocketServlet servlet =
        new WebSocketServlet(
            handshake -> Acceptance.of(new RaisedLimit()).withLimits(RaisedLimit.BEFORE));
    try (RunningServer server =
            container.start(new WebApp().servlet("/socket", servlet, Map.of()));
        RawClient ann = new RawClient(server.port(), 0);
        RawClient eager = new RawClient(server.port(), 0);
        RawClient wrong = new RawClient(server.port(), 0)) {
      String large = "x".repeat(500_000);
      ann.request(handshake("/socket"));
      ann.send(ClientFrames.text("token-of-ann"), ClientFrames.text(large));
      assertThat(ann.next()).hasToString("text welcome");
      assertThat(ann.next()).hasToString("text 500000 characters");
      eager.request(handshake("/socket"));
      eager.send(ClientFrames.text(large));
      assertThat(eager.next().toString()).startsWith("close 1009");
      wrong.request(handshake("/socket"));
      wrong.send(ClientFrames.text("token"));
      assertThat(wrong.next()).hasToString("close 4001 no such token");
    }
  }
}
