package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The HTTP session ends: by logging out, or since it was not used for long. */
@Timeout(60)
class SessionEndTest {

  private final Rooms rooms = new Rooms();
  private final ConnectionLimit limit = new ConnectionLimit(100);

  /** Signs in, out and says how many would be ended. */
  private static final class Login extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String wish = request.getParameter("wish");
      HttpSession session = request.getSession();
      if (wish.equals("out")) {
        session.invalidate();
      }
      if (wish.equals("rename")) {
        request.changeSessionId();
      }
      response.setContentLength(0);
    }
  }

  private final class News extends EventStreamServlet {
    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.DEFAULT.withGuards(limit);
    }

    @Override
    protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
      if ("now".equals(request.getParameter("logout"))) {
        request.getSession().invalidate();
      }
    }

    @Override
    protected Room accept(Handshake request) {
      return rooms.room("news");
    }
  }

  private RunningServer start(WebApp.On container, String closeWithSession) throws Exception {
    return container.start(
        new WebApp()
            .servlet("/login", new Login(), Map.of())
            .webSocket(
                "/socket", handshake -> new Echo(), Map.of("closeWithSession", closeWithSession))
            .servlet("/events", new News(), Map.of("closeWithSession", closeWithSession)));
  }

  private static String login(RunningServer server) throws IOException {
    return ask(server, "in", "").header("Set-Cookie").get(0).replaceAll(";.*", "");
  }

  private static HttpReply ask(RunningServer server, String wish, String cookie)
      throws IOException {
    try (RawClient browser = new RawClient(server.port(), 0)) {
      return browser.request(
          "GET /login?wish=" + wish + " HTTP/1.1\r\nHost: server.test\r\n" + cookie + "\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void connections_and_streams_end_with_it(WebApp.On container) throws Exception {
    try (RunningServer server = start(container, "true")) {
      String cookie = "Cookie: " + login(server);
      try (EventStreamClient stream = new EventStreamClient(server, cookie);
          EventStreamClient stranger = new EventStreamClient(server);
          RawClient socket = new RawClient(server.port(), 0)) {
        assertThat(socket.request(handshake("/socket", cookie)).status()).isEqualTo(101);
        assertThat(stream.next()).startsWith("retry:");
        assertThat(stranger.next()).startsWith("retry:");
        ask(server, "out", cookie + "\r\n");
        assertThat(socket.next()).hasToString("close 1008 session ended");
        assertThat(stream.isEnded()).isTrue();
        Await.until("its place to be free", () -> limit.open() == 1);
        rooms.room("news").send(PreparedMessage.text("still there"));
        assertThat(EventStreamClient.data(stranger.nextEvent())).isEqualTo("still there");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void streams_stay_where_the_option_is_off(WebApp.On container) throws Exception {
    try (RunningServer server = start(container, "false")) {
      String cookie = "Cookie: " + login(server);
      try (EventStreamClient stream = new EventStreamClient(server, cookie)) {
        assertThat(stream.next()).startsWith("retry:");
        ask(server, "out", cookie + "\r\n");
        rooms.room("news").send(PreparedMessage.text("still there"));
        assertThat(EventStreamClient.data(stream.nextEvent())).isEqualTo("still there");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_ends_with_a_session_that_ends_while_it_opens(WebApp.On container) throws Exception {
    try (RunningServer server = start(container, "true")) {
      String cookie = "Cookie: " + login(server);
      try (RawClient client = new RawClient(server.port(), 0)) {
        String request = "GET /events?logout=now HTTP/1.1\r\nHost: server.test\r\n" + cookie;
        assertThat(client.request(request + "\r\n\r\n").body()).isEmpty();
        Await.until("its place to be free", () -> limit.open() == 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void another_id_is_the_same_session(WebApp.On container) throws Exception {
    try (RunningServer server = start(container, "true")) {
      String cookie = "Cookie: " + login(server);
      try (RawClient socket = new RawClient(server.port(), 0)) {
        assertThat(socket.request(handshake("/socket", cookie)).status()).isEqualTo(101);
        String renamed =
            "Cookie: "
                + ask(server, "rename", cookie + "\r\n")
                    .header("Set-Cookie")
                    .get(0)
                    .replaceAll(";.*", "");
        socket.send(ClientFrames.text("still there"));
        assertThat(socket.next()).hasToString("text still there");
        ask(server, "out", renamed + "\r\n");
        assertThat(socket.next()).hasToString("close 1008 session ended");
      }
    }
  }
}
