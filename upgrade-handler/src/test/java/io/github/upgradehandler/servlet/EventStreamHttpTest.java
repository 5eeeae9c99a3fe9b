package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What HTTP has around an event stream, as it is around a handshake. */
@Timeout(60)
class EventStreamHttpTest {

  private final Rooms rooms = new Rooms();
  private final ConnectionLimit limit = new ConnectionLimit(100);
  private final AddressLimit perAddress = new AddressLimit(1);

  private final class News extends EventStreamServlet {
    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.DEFAULT.withGuards(
          limit,
          perAddress,
          handshake -> {
            fail(handshake, "guard");
            return Admission.UNCONDITIONAL;
          });
    }

    @Override
    protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
      fail(handshake.build(), "describe");
    }

    @Override
    protected Room accept(Handshake request) {
      fail(request, "accept");
      if (request.header("X-Fail").filter("error"::equals).isPresent()) {
        throw new NoClassDefFoundError("secret of error");
      }
      return rooms.room("news");
    }
  }

  private static void fail(Handshake handshake, String where) {
    if (handshake.header("X-Fail").filter(where::equals).isPresent()) {
      throw new IllegalStateException("secret of " + where);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_thrown_is_logged_and_not_told(WebApp.On container) throws Exception {
    try (RunningServer server =
        container.start(new WebApp().servlet("/events", new News(), Map.of()))) {
      for (String where : new String[] {"guard", "describe", "accept", "error"}) {
        try (CapturedLog log = new CapturedLog();
            RawClient client = new RawClient(server.port(), 0)) {
          HttpReply reply =
              client.request(
                  "GET /events HTTP/1.1\r\nHost: server.test\r\nX-Fail: " + where + "\r\n\r\n");
          assertThat(reply.status()).isEqualTo(500);
          assertThat(reply.body()).isEqualTo("The server failed to answer: see its log\n");
          assertThat(reply.header("Content-Type")).allMatch(type -> type.startsWith("text/plain"));
          assertThat(log.messages())
              .containsExactly(
                  "servlet 'servlet0': a request for /events from 127.0.0.1 failed with 500: secret of "
                      + where);
        }
        Await.until("all places to be free", () -> limit.open() == 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void neither_an_address_nor_readable_cookies_are_needed(WebApp.On container) throws Exception {
    WebApp app =
        new WebApp()
            .servlet("/events", new News(), Map.of())
            .filter(
                (request, response, chain) ->
                    chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                          @Override
                          public String getRemoteAddr() {
                            return null;
                          }

                          @Override
                          public int getRemotePort() {
                            return -1;
                          }
                        },
                        response));
    try (RunningServer server = container.start(app);
        EventStreamClient first = new EventStreamClient(server, "Cookie: a=\u00fc");
        EventStreamClient second = new EventStreamClient(server)) {
      assertThat(first.next()).startsWith("retry:");
      assertThat(second.next()).startsWith("retry:");
      assertThat(limit.open()).isEqualTo(2);
    }
  }
}
