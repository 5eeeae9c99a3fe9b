package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.servlet.HttpReply;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebApp;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What filters in front of the servlet do to a handshake: it opens as it should, or not at all. */
class FilterFaultTest extends FaultTest {

  private static final int MANY = 100;

  private final ConnectionLimit limit = new ConnectionLimit(2 * MANY);
  private final RecordedEcho echo = new RecordedEcho();

  FilterFaultTest(Container container) {
    super(container);
  }

  /** What a filter may do to a response. */
  enum Misdeed {
    FLUSH {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.flushBuffer();
      }
    },
    CLOSE_WRITER {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.getWriter().close();
      }
    },
    CLOSE_STREAM {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.getOutputStream().close();
      }
    },
    WRITE {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.getOutputStream().write("what no 101 has".getBytes(ISO_8859_1));
      }
    },
    LENGTH {
      @Override
      void to(HttpServletResponse response) {
        response.setContentLength(0);
      }
    },
    RESET {
      @Override
      void to(HttpServletResponse response) {
        response.reset();
      }
    },
    RESET_BUFFER {
      @Override
      void to(HttpServletResponse response) {
        response.resetBuffer();
      }
    },
    STATUS {
      @Override
      void to(HttpServletResponse response) {
        response.setStatus(200);
      }
    },
    ERROR {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.sendError(500);
      }
    },
    REDIRECT {
      @Override
      void to(HttpServletResponse response) throws IOException {
        response.sendRedirect("/elsewhere");
      }
    },
    HEADERS {
      @Override
      void to(HttpServletResponse response) {
        response.setHeader("Connection", "close");
        response.setHeader("X-Late", "1");
      }
    },
    EXCEPTION {
      @Override
      void to(HttpServletResponse response) {
        throw new IllegalStateException("as the test wants");
      }
    };

    abstract void to(HttpServletResponse response) throws IOException;
  }

  private void serve(Filter filter) throws Exception {
    WebSocketServlet limited =
        new WebSocketServlet(WebSocketConfig.builder().guards(limit).build(), handshake -> echo);
    server =
        WebApp.On.named(container.name())
            .start(new WebApp().servlet("/socket", limited, Map.of()).filter(filter));
  }

  /** A socket that lives, or a refusal; never both, and never neither. */
  private boolean opens() throws IOException {
    try (RawClient client = connect()) {
      client.send(RawClient.handshake("/socket").getBytes(ISO_8859_1));
      HttpReply reply = client.readHead();
      if (reply.status() != 101) {
        return false;
      }
      client.send(text("hi"));
      assertThat(client.next()).hasToString("text hi");
      return true;
    }
  }

  /** One line for each that is refused, of the servlet's if it was asked, written or counted. */
  private void assertOpensOrIsRefused(boolean asked) throws Exception {
    try (CapturedLog log = new CapturedLog();
        StacklessLogging unused = new StacklessLogging(ServletChannel.class)) {
      int opened = 0;
      for (int i = 0; i < MANY; i++) {
        opened += opens() ? 1 : 0;
      }
      assertThat(opened).isIn(0, MANY);
      Await.until("all places to be free", () -> limit.open() == 0);
      Await.until("all connections to end", () -> server.openConnections() == 0);
      assertThat(echo.opened).hasSize(opened);
      assertThat(echo.closed).hasSize(opened);
      server.undeploy(); // writes what was counted
      assertThat(log.total()).isEqualTo(asked ? MANY - opened : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void H13_after_the_servlet(Misdeed misdeed) throws Exception {
    serve(
        (request, response, chain) -> {
          chain.doFilter(request, response);
          misdeed.to((HttpServletResponse) response);
        });
    assertOpensOrIsRefused(true);
  }

  @ParameterizedTest
  @EnumSource
  void H14_before_the_servlet(Misdeed misdeed) throws Exception {
    serve(
        (request, response, chain) -> {
          misdeed.to((HttpServletResponse) response);
          chain.doFilter(request, response);
        });
    assertOpensOrIsRefused(misdeed != Misdeed.EXCEPTION);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTION")
  void H14_a_refusal_of_a_response_that_was_changed(Misdeed misdeed) throws Exception {
    serve(
        (request, response, chain) -> {
          misdeed.to((HttpServletResponse) response);
          chain.doFilter(request, response);
        });
    try (CapturedLog unused = new CapturedLog();
        RawClient client = connect()) {
      client.send("GET /socket HTTP/1.1\r\nHost: server.test\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(client.readHead().status()).isIn(200, 302, 426, 500);
    }
  }

  /** A wrapper that keeps everything back. */
  private static HttpServletResponse keeping(HttpServletResponse response) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public ServletOutputStream getOutputStream() {
        throw new IllegalStateException("secret");
      }

      @Override
      public void setStatus(int status) {}

      @Override
      public void setHeader(String name, String value) {}
    };
  }

  @Test
  void H20_wrappers_that_keep_the_answer_back() throws Exception {
    serve(
        (request, response, chain) ->
            chain.doFilter(request, keeping((HttpServletResponse) response)));
    assertThat(opens()).isTrue();
  }

  @Test
  void H20_a_wrapper_that_does_not_upgrade() throws Exception {
    serve(
        (request, response, chain) ->
            chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                  @Override
                  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) {
                    throw new UnsupportedOperationException("secret");
                  }
                },
                response));
    try (CapturedLog log = new CapturedLog();
        RawClient client = connect()) {
      HttpReply reply = client.request(RawClient.handshake("/socket"));
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.toString()).doesNotContain("secret").doesNotContain("Sec-WebSocket");
      assertThat(log.messages()).singleElement().asString().contains("secret");
    }
    Await.until("all places to be free", () -> limit.open() == 0);
  }
}
