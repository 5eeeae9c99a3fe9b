package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Echo;
import io.github.upgradehandler.testkit.Frame;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An HTTP session that is used by messages alone. */
@Timeout(120)
@Tag("slow")
class SessionUseTest {

  private static final int TIMEOUT_SECONDS = 3;

  /** Opens a session of a short life, and says whether there is one. */
  private static final class Sessions extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      if ("open".equals(request.getParameter("wish"))) {
        request.getSession().setMaxInactiveInterval(TIMEOUT_SECONDS);
      }
      response.setHeader("X-Session", String.valueOf(request.getSession(false) != null));
      response.setContentLength(0);
    }
  }

  private static HttpReply ask(RunningServer server, String wish, String cookie) throws Exception {
    try (RawClient browser = new RawClient(server.port(), 0)) {
      return browser.request(
          "GET /sessions?wish=" + wish + " HTTP/1.1\r\nHost: server.test\r\n" + cookie + "\r\n");
    }
  }

  private static RunningServer start(WebApp.On container, String messagesUseSession)
      throws Exception {
    return container.start(
        new WebApp()
            .servlet("/sessions", new Sessions(), Map.of())
            .webSocket(
                "/socket",
                handshake -> new Echo(),
                Map.of("messagesUseSession", messagesUseSession, "pingInterval", "500ms")));
  }

  /** Sends for more than twice the time after which the session ends without a request. */
  private static boolean outlives(RunningServer server) throws Exception {
    String cookie =
        "Cookie: " + ask(server, "open", "").header("Set-Cookie").get(0).replaceAll(";.*", "");
    try (RawClient socket = new RawClient(server.port(), 0)) {
      assertThat(socket.request(handshake("/socket", cookie)).status()).isEqualTo(101);
      long end = System.nanoTime() + TIMEOUT_SECONDS * 2_200_000_000L;
      int sent = 0;
      while (System.nanoTime() < end) {
        Frame next = socket.next(); // a ping, twice a second: the rhythm of this test
        if (next.toString().startsWith("ping")) {
          socket.send(text("still here " + sent++));
        }
      }
    }
    return ask(server, "look", cookie + "\r\n").header("X-Session").contains("true");
  }

  @ParameterizedTest
  @EnumSource
  void messages_keep_it_alive_where_they_are_to(WebApp.On container) throws Exception {
    try (RunningServer server = start(container, "true")) {
      assertThat(outlives(server)).isTrue();
    }
  }

  /** As Spring Session does. */
  @ParameterizedTest
  @EnumSource
  void one_that_a_filter_has_replaced_is_warned_of_once(WebApp.On container) throws Exception {
    HttpSession replaced =
        (HttpSession)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> method.getName().equals("getId") ? "id" : null);
    WebApp app =
        new WebApp()
            .webSocket("/socket", handshake -> new Echo(), Map.of("closeWithSession", "true"))
            .filter(
                (request, response, chain) ->
                    chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                          @Override
                          public HttpSession getSession(boolean create) {
                            return replaced;
                          }
                        },
                        response));
    try (CapturedLog log = new CapturedLog();
        RunningServer server = container.start(app)) {
      for (int i = 0; i < 3; i++) {
        try (RawClient socket = new RawClient(server.port(), 0)) {
          assertThat(socket.request(handshake("/socket")).status()).isEqualTo(101);
        }
      }
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("the HTTP session is not the container's but a")
          .contains("closeWithSession");
      Await.until("all connections to end", () -> server.openConnections() == 0);
    }
  }
}
